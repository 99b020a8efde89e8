-- The index of words: what events and sources say, folded by names.Fold. It holds nothing that
-- could not be made anew from the record (tarikh reindex).
--
-- The number of a document is its day and its record's row (see db/document.go), so that the index
-- gives the newest first without sorting. The texts themselves are not kept a second time.

-- +goose Up

create virtual table event_words using fts5 (
  titles, texts, said,             -- said: what claims and citations say
  content = '', contentless_delete = 1, tokenize = 'ascii'
);

create virtual table source_words using fts5 (
  texts,                           -- title and publisher
  content = '', contentless_delete = 1, tokenize = 'ascii'
);

-- The words of each document, for the doctor; nothing is kept for these two.
create virtual table event_words_held using fts5vocab (event_words, instance);
create virtual table source_words_held using fts5vocab (source_words, instance);

create table word (                -- every word that a document ever held, for beginnings of words
  text text primary key
) strict, without rowid;

create table words (               -- one row: what the index of words stands for
  only     integer primary key check (only = 1),
  folding  integer not null,       -- names.FoldVersion of its words and of the folded names
  revision integer not null        -- of the record that it follows; -1: it has to be made anew
) strict;
insert into words (only, folding, revision) values (1, 0, -1);

-- +goose Down
select raise(abort, 'a record is never migrated downwards');

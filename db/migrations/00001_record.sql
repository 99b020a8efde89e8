-- The record: events, actors, locations, sources and saved timelines, the revisions
-- in which they came to be, and the log of every change.
--
-- In every table "row" numbers a record within its kind and is never used again;
-- "id" is its public id; "pos" is the place in a list, from 0, as entered.
-- Times are EDTF texts, instants are milliseconds since 1970, lists of texts are JSON.

-- +goose Up

create table revision (
  number  integer primary key,     -- raised by one with every write that changes something
  at      integer not null,        -- instant
  by_whom text not null,
  reason  text not null
) strict;

create table change (
  seq       integer primary key,   -- in the order in which things happened
  revision  integer not null references revision deferrable initially deferred,
  kind      text not null,         -- event, actor, location, source, timeline
  row       integer not null,
  id        text not null,
  operation text not null,         -- INSERT, UPDATE, DELETE
  before    text                   -- the whole record before the change, as Tarikh's own lines; null for INSERT
) strict;
create index change_revision on change (revision);
create index change_record on change (kind, row);

create table sequence (            -- the highest row number ever given out
  kind text primary key,
  last integer not null
) strict, without rowid;

create table retired_key (         -- keys of deleted records: never used again
  kind text not null,
  key  text not null,
  primary key (kind, key)
) strict, without rowid;

create table identifier (
  kind   text not null,
  scheme text not null,
  value  text not null,
  row    integer not null,
  pos    integer not null,
  primary key (kind, scheme, value)
) strict, without rowid;
create index identifier_record on identifier (kind, row, pos);

create table former_ref (          -- ids and keys of records merged into this one
  kind text not null,
  ref  text not null,
  row  integer not null,
  pos  integer not null,
  primary key (kind, ref)
) strict, without rowid;
create index former_ref_record on former_ref (kind, row, pos);

create table name (
  kind      text not null,         -- actor, location
  row       integer not null,
  pos       integer not null,
  text      text not null,
  lang      text not null,         -- empty: in no language
  name_kind text not null,
  since     text not null,         -- EDTF; empty: not known
  until     text not null,
  folded    text not null,         -- text as names.Fold writes it
  primary key (kind, row, pos)
) strict, without rowid;
create index name_folded on name (folded, kind);

create table source (
  row           integer primary key,
  id            text not null unique,
  key           text not null unique,
  kind          text not null,
  title         text not null,
  title_lang    text not null,
  publisher     text,
  published_on  text,              -- EDTF
  lang          text,
  url           text,
  archive_url   text,
  origin        integer references source deferrable initially deferred,
  licence       text,
  attribution   text,
  not_passed_on integer not null   -- 1: its licence forbids passing its rows on
) strict;

create table location (
  row    integer primary key,
  id     text not null unique,
  key    text not null unique,
  kind   text not null,
  parent integer references location deferrable initially deferred,
  lat    real,
  lon    real
) strict;

create table actor (
  row       integer primary key,
  id        text not null unique,
  key       text not null unique,
  kind      text not null,
  generic   integer not null,
  summaries text not null,         -- JSON [{lang, text}]
  active    text                   -- EDTF
) strict;

create table actor_relation (
  actor  integer not null references actor deferrable initially deferred,
  pos    integer not null,
  kind   text not null,
  other  integer not null references actor deferrable initially deferred,
  time   text,                     -- EDTF
  source integer references source deferrable initially deferred,
  primary key (actor, pos)
) strict, without rowid;

create table event (
  row        integer primary key,
  id         text not null unique,
  key        text not null unique,
  type       text not null,
  status     text not null,
  time       text not null,        -- EDTF
  sensitive  integer not null,
  created_at integer not null,
  updated_at integer not null,
  tags       text not null,        -- JSON ["…"]
  titles     text not null,        -- JSON [{lang, text}]
  summaries  text not null
) strict;

create table event_place (
  event     integer not null references event deferrable initially deferred,
  pos       integer not null,      -- 0: the main one
  location  integer references location deferrable initially deferred,
  role      text not null,
  precision text not null,
  radius_km real,
  lat       real,
  lon       real,
  words     text,
  primary key (event, pos)
) strict, without rowid;

create table participation (
  event     integer not null references event deferrable initially deferred,
  pos       integer not null,
  actor     integer not null references actor deferrable initially deferred,
  role      text not null,
  side      text,
  certainty text not null,
  words     text,
  primary key (event, pos)
) strict, without rowid;

create table claim (
  event        integer not null references event deferrable initially deferred,
  pos          integer not null,
  id           text not null unique,
  kind         text not null,
  status       text not null,
  included     integer not null,   -- 1: counted by another claim of the event already
  counts       text,               -- of kind OTHER: what is counted
  victims      text,
  victim_actor integer references actor deferrable initially deferred,
  responsible  integer references actor deferrable initially deferred,
  low          integer,            -- null: not reported, which is not 0
  best         integer,
  high         integer,
  words        text,
  claimant     integer references actor deferrable initially deferred,
  source       integer references source deferrable initially deferred,
  quote        text,
  quote_lang   text,
  reported_on  text,               -- EDTF
  dataset_row  text,               -- the row of the dataset (the source) that makes the claim
  vintage      text,               -- the dataset's version it was read from
  created_at   integer not null,
  primary key (event, pos)
) strict, without rowid;

create table citation (
  event      integer not null references event deferrable initially deferred,
  pos        integer not null,
  source     integer not null references source deferrable initially deferred,
  locator    text,
  quote      text,
  quote_lang text,
  primary key (event, pos)
) strict, without rowid;

create table event_relation (
  event integer not null references event deferrable initially deferred,
  pos   integer not null,
  kind  text not null,
  other integer not null references event deferrable initially deferred,
  primary key (event, pos)
) strict, without rowid;

create table origin (
  event       integer not null references event deferrable initially deferred,
  pos         integer not null,
  dataset     integer not null references source deferrable initially deferred,
  dataset_row text,                -- the row's id in the dataset
  version     text,
  line        integer,
  raw         text not null,       -- the row as it was
  primary key (event, pos)
) strict, without rowid;

create table timeline (
  row       integer primary key,
  id        text not null unique,
  key       text not null unique,
  titles    text not null,
  summaries text not null,
  selection text,                  -- an EventWhere as JSON
  eras      text not null          -- JSON [{titles, time}]
) strict;

create table timeline_event (
  timeline integer not null references timeline deferrable initially deferred,
  pos      integer not null,
  event    integer not null references event deferrable initially deferred,
  omitted  integer not null,       -- 0: picked besides the selection; 1: left out of it
  primary key (timeline, pos)
) strict, without rowid;

-- References from other records, for deletes and for what hangs on a source.
create index event_place_location on event_place (location) where location is not null;
create index participation_actor on participation (actor);
create index source_origin on source (origin) where origin is not null;
create index claim_source on claim (source) where source is not null;
create index citation_source on citation (source);
create index event_relation_other on event_relation (other);
create index actor_relation_other on actor_relation (other);
create index location_parent on location (parent) where parent is not null;
create index timeline_event_event on timeline_event (event);

-- +goose Down
select raise(abort, 'a record is never migrated downwards');

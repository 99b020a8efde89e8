-- The index of the record (see the room index), packed, so that an opening reads it instead of
-- every table. An image is written in blocks, then named by its row in index_image: blocks of an
-- image that has none are leftovers of a writing that was cut off. Nothing here is part of the
-- record: all of it can be deleted, and is made anew from the tables.

-- +goose Up

create table index_image (
  image    integer primary key,  -- counts up
  format   text    not null,     -- how the blocks are written; an image of another format is passed over
  revision integer not null,     -- of the record that the image stands for
  blocks   integer not null      -- how many there are
) strict;

create table index_block (
  image integer not null,
  pos   integer not null,        -- from 0
  sum   integer not null,        -- CRC-32C of data
  data  blob    not null,
  primary key (image, pos)
) strict;

-- +goose Down
select raise(abort, 'a record is never migrated downwards');

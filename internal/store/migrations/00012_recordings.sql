-- The index of entries by their thing leaves out recordings of targets: nobody looks
-- for those by their thing (a door's history is found by its path), and each wrote a
-- page of this index somewhere in its middle.

-- +goose Up
DROP INDEX entries_thing;
CREATE INDEX entries_thing ON entries (thing_id, seq) WHERE thing <> 'targets';

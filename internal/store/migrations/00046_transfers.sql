-- Persons who go to central isolation together: one vehicle, one site, one basis. Who
-- they are and what stays behind are custodies of the batch.

-- +goose Up
CREATE TABLE transfers (
  id        {text} PRIMARY KEY,
  place_id  {text} NOT NULL,
  path      {text} NOT NULL,
  incident  {text} NOT NULL,
  vehicle   {text} NOT NULL,
  seats     {int}  NOT NULL,
  driver    {text} NOT NULL,
  site      {text} NOT NULL,
  basis     {text} NOT NULL,
  until     {int}  NOT NULL,
  opened    {int}  NOT NULL,
  opened_by {text} NOT NULL,
  version   {int}  NOT NULL
);
CREATE INDEX transfers_path ON transfers (path, opened);

ALTER TABLE custodies ADD COLUMN batch {text} NOT NULL DEFAULT '';
ALTER TABLE custodies ADD COLUMN person_id {text} NOT NULL DEFAULT '';
CREATE INDEX custodies_batch ON custodies (batch) WHERE batch <> '';
CREATE INDEX custodies_person ON custodies (person_id) WHERE person_id <> '';

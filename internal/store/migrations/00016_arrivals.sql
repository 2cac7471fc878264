-- Who is at a post of an emergency: kept while it is in force, deleted with it.

-- +goose Up
CREATE TABLE arrivals (
  post_id  {text} PRIMARY KEY,
  incident {text} NOT NULL,
  helper   {text} NOT NULL,
  place_id {text} NOT NULL,
  path     {text} NOT NULL,
  at       {int}  NOT NULL,
  gone     {int}  NOT NULL,
  version  {int}  NOT NULL
);
CREATE INDEX arrivals_incident ON arrivals (incident);

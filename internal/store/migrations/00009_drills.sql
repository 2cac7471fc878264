-- Drills: where, by which playbook, how fast, what came of it. What happens inside one
-- lies in a world of its own.

-- +goose Up
CREATE TABLE drills (
  id       {text} PRIMARY KEY,
  place_id {text} NOT NULL,
  path     {text} NOT NULL,
  playbook {text} NOT NULL,
  hash     {text} NOT NULL,
  speed    {int}  NOT NULL,
  seed     {int}  NOT NULL,
  author   {text} NOT NULL,
  started  {int}  NOT NULL,
  ended    {int}  NOT NULL,
  state    {text} NOT NULL,
  report   {text} NOT NULL,
  version  {int}  NOT NULL
);
CREATE INDEX drills_started ON drills (started);

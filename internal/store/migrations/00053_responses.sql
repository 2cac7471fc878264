-- What became of an alarm: who outside was telephoned and what they said (sealed under
-- the key of its case), by which gate they come, who opens it. Halves of a custody may
-- name somebody without an account: sealed like the proof.

-- +goose Up
CREATE TABLE response_links (
  id        {text} PRIMARY KEY,
  case_id   {text} NOT NULL,
  service   {text} NOT NULL,
  called    {int}  NOT NULL,
  called_by {text} NOT NULL,
  eta       {int}  NOT NULL,
  gate      {text} NOT NULL,
  opener    {text} NOT NULL,
  said      {blob},
  at        {int}  NOT NULL,
  version   {int}  NOT NULL
);
CREATE INDEX response_links_case ON response_links (case_id, at);
ALTER TABLE halves ADD COLUMN named {blob};

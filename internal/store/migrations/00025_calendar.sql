-- A helper's own calendar: the secret of its address, and what it was told last, so
-- that a change can be told as one.

-- +goose Up
CREATE TABLE feeds (
  helper_id {text} PRIMARY KEY,
  nonce     {text} NOT NULL,
  hash      {text} NOT NULL,
  made      {int}  NOT NULL,
  told      {text} NOT NULL,
  version   {int}  NOT NULL
);
CREATE UNIQUE INDEX feeds_hash ON feeds (hash);

-- Where a helper's own device wants to be told; sealed under the helper's key, so that
-- leaving forgets it.

-- +goose Up
CREATE TABLE pushes (
  id        {text} PRIMARY KEY,
  helper_id {text} NOT NULL,
  address   {blob} NOT NULL,
  at        {int}  NOT NULL,
  version   {int}  NOT NULL
);
CREATE INDEX pushes_helper ON pushes (helper_id, at);

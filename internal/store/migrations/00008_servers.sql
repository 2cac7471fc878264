-- Several servers on one database: who they are, how far each has written, and
-- what only one of them does at a time.

-- +goose Up
CREATE TABLE servers (
  id      {text} PRIMARY KEY,
  name    {text} NOT NULL,
  started {int}  NOT NULL,
  seen    {int}  NOT NULL,
  n       {int}  NOT NULL
);

CREATE TABLE leases (
  name   {text} PRIMARY KEY,
  holder {text} NOT NULL,
  token  {int}  NOT NULL,
  until  {int}  NOT NULL
);

ALTER TABLE acts ADD COLUMN server {text} NOT NULL DEFAULT '';

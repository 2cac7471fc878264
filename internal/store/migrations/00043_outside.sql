-- Systems outside of ours that tell needs through Open311 (ADR 0031): the key each was
-- given, kept hashed, with its places, items and end; what each did with it; and which
-- case one of their own references became.

-- +goose Up
CREATE TABLE outside_keys (
  id        {text} PRIMARY KEY,
  name      {text} NOT NULL,
  hash      {text} NOT NULL,
  place_id  {text} NOT NULL,
  path      {text} NOT NULL,
  places    {text} NOT NULL,
  items     {text} NOT NULL,
  issued    {int}  NOT NULL,
  issued_by {text} NOT NULL,
  until     {int}  NOT NULL,
  revoked   {int}  NOT NULL,
  revoked_by {text} NOT NULL,
  why       {text} NOT NULL,
  version   {int}  NOT NULL
);
CREATE UNIQUE INDEX outside_keys_hash ON outside_keys (hash);
CREATE INDEX outside_keys_path ON outside_keys (path);

CREATE TABLE outside_uses (
  id        {text} PRIMARY KEY,
  key_id    {text} NOT NULL,
  at        {int}  NOT NULL,
  what      {text} NOT NULL,
  code      {text} NOT NULL,
  case_id   {text} NOT NULL,
  version   {int}  NOT NULL
);
CREATE INDEX outside_uses_key ON outside_uses (key_id, at);

CREATE TABLE outside_refs (
  key_id    {text} NOT NULL,
  ref       {text} NOT NULL,
  case_id   {text} NOT NULL,
  version   {int}  NOT NULL,
  PRIMARY KEY (key_id, ref)
);

CREATE INDEX cases_origin ON cases (origin, opened);

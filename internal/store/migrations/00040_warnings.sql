-- What the records of a place showed to be worth a look: which rule, about what, since
-- when, and how it was answered. Ids and times alone; figures are reckoned when read.

-- +goose Up
CREATE TABLE warnings (
  id        {text} PRIMARY KEY,
  rule      {text} NOT NULL,
  print     {text} NOT NULL,
  about     {text} NOT NULL,
  subject   {text} NOT NULL,
  place_id  {text} NOT NULL,
  path      {text} NOT NULL,
  since     {int}  NOT NULL,
  lapsed    {int}  NOT NULL,
  answered  {int}  NOT NULL,
  answer_by {text} NOT NULL,
  answer    {text} NOT NULL,
  why       {text} NOT NULL,
  opened    {text} NOT NULL,
  version   {int}  NOT NULL
);
CREATE INDEX warnings_path ON warnings (path, lapsed, answered);

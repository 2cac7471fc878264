-- Where the drawn shape of a place came from; the shape stands in the place itself.

-- +goose Up
CREATE TABLE boundaries (
  place_id {text} PRIMARY KEY,
  print    {text} NOT NULL,
  datum    {text} NOT NULL,
  account  {text} NOT NULL,
  at       {int}  NOT NULL,
  version  {int}  NOT NULL
);

-- Relatives whom a household lets act for it from elsewhere (ADR 0041): who, what for,
-- what they may do, until when, and whether it was taken back.

-- +goose Up
CREATE TABLE kin (
  id         {text} PRIMARY KEY,
  place_id   {text} NOT NULL,
  name       {text} NOT NULL,
  relation   {text} NOT NULL,
  purpose    {text} NOT NULL,
  follow     {bool} NOT NULL,
  confirm    {bool} NOT NULL,
  given      {int}  NOT NULL,
  given_by   {text} NOT NULL,
  until      {int}  NOT NULL,
  revoked    {int}  NOT NULL,
  revoked_by {text} NOT NULL,
  version    {int}  NOT NULL
);
CREATE INDEX kin_place ON kin (place_id);

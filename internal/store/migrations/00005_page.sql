-- What a resident without an account may reach: the code at a door, and whom to call.

-- +goose Up
CREATE TABLE place_qr (
  place_id {text} PRIMARY KEY,
  hash     {text} NOT NULL,
  nonce    {text} NOT NULL,
  issued   {int}  NOT NULL,
  issuer   {text} NOT NULL,
  version  {int}  NOT NULL
);
CREATE UNIQUE INDEX place_qr_hash ON place_qr (hash);

CREATE TABLE contacts (
  place_id {text} PRIMARY KEY,
  card     {text} NOT NULL,
  version  {int}  NOT NULL
);

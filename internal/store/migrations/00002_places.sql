-- The history of places: which codes they bore and where they stood. The table of
-- codes was never filled before, so it is made anew with what a bulk act needs.

-- +goose Up
DROP TABLE place_codes;
CREATE TABLE place_codes (
  id       {text} PRIMARY KEY,
  scheme   {text} NOT NULL,
  code     {text} NOT NULL,
  place_id {text} NOT NULL,
  since    {int}  NOT NULL,
  until    {int}  NOT NULL,
  version  {int}  NOT NULL,
  act      {text} NOT NULL
);
CREATE INDEX place_codes_code ON place_codes (code, scheme);
CREATE INDEX place_codes_place ON place_codes (place_id);
INSERT INTO place_codes (id, scheme, code, place_id, since, until, version, act)
  SELECT id || '@', 'house', code, id, since, 0, 1, act FROM places;
CREATE VIEW live_place_codes AS SELECT * FROM place_codes WHERE act NOT IN (SELECT id FROM acts WHERE pending);

CREATE TABLE place_stays (
  id        {text} PRIMARY KEY,
  place_id  {text} NOT NULL,
  parent_id {text} NOT NULL,
  was       {text} NOT NULL,
  code      {text} NOT NULL,
  name      {text} NOT NULL,
  since     {int}  NOT NULL,
  until     {int}  NOT NULL,
  verb      {text} NOT NULL,
  gone      {bool} NOT NULL,
  into_ids  {text} NOT NULL,
  plan      {text} NOT NULL,
  version   {int}  NOT NULL,
  act       {text} NOT NULL
);
CREATE INDEX place_stays_place ON place_stays (place_id, until);
CREATE VIEW live_place_stays AS SELECT * FROM place_stays WHERE act NOT IN (SELECT id FROM acts WHERE pending);

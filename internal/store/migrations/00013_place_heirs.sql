-- Places and their codes change by the thousands when a community moves: they too get
-- images (00006), so that the act's last commit writes none of them. all_places holds
-- each place once, ended ones too, as readers see it.

-- +goose Up
DROP VIEW live_places;
ALTER TABLE places RENAME TO places_before;
CREATE TABLE places (
  id        {text} NOT NULL,
  parent_id {text} NOT NULL,
  path      {text} NOT NULL,
  kind      {text} NOT NULL,
  code      {text} NOT NULL,
  name      {text} NOT NULL,
  estate    {text} NOT NULL,
  number    {text} NOT NULL,
  floor     {int}  NOT NULL,
  tags      {text} NOT NULL,
  shape     {text} NOT NULL,
  lng       DOUBLE PRECISION NOT NULL,
  lat       DOUBLE PRECISION NOT NULL,
  sort      {int}  NOT NULL,
  since     {int}  NOT NULL,
  until     {int}  NOT NULL,
  version   {int}  NOT NULL,
  act       {text} NOT NULL,
  heir      {text} NOT NULL DEFAULT '',
  PRIMARY KEY (id, heir)
);
INSERT INTO places (id, parent_id, path, kind, code, name, estate, number, floor, tags, shape, lng, lat, sort, since, until, version, act)
  SELECT id, parent_id, path, kind, code, name, estate, number, floor, tags, shape, lng, lat, sort, since, until, version, act FROM places_before;
DROP TABLE places_before;
CREATE UNIQUE INDEX places_code ON places (code, heir);
CREATE INDEX places_path ON places (path);
CREATE INDEX places_parent ON places (parent_id, sort);
CREATE INDEX places_kind ON places (kind, path);
CREATE INDEX places_heir ON places (heir) WHERE heir <> '';
CREATE VIEW all_places AS SELECT * FROM places WHERE act NOT IN (SELECT id FROM acts WHERE pending)
  AND (heir = '' OR heir IN (SELECT id FROM acts WHERE pending));
CREATE VIEW live_places AS SELECT * FROM places WHERE until = 0 AND act NOT IN (SELECT id FROM acts WHERE pending)
  AND (heir = '' OR heir IN (SELECT id FROM acts WHERE pending));

DROP VIEW live_place_codes;
ALTER TABLE place_codes RENAME TO place_codes_before;
CREATE TABLE place_codes (
  id       {text} NOT NULL,
  scheme   {text} NOT NULL,
  code     {text} NOT NULL,
  place_id {text} NOT NULL,
  since    {int}  NOT NULL,
  until    {int}  NOT NULL,
  version  {int}  NOT NULL,
  act      {text} NOT NULL,
  heir     {text} NOT NULL DEFAULT '',
  PRIMARY KEY (id, heir)
);
INSERT INTO place_codes (id, scheme, code, place_id, since, until, version, act)
  SELECT id, scheme, code, place_id, since, until, version, act FROM place_codes_before;
DROP TABLE place_codes_before;
CREATE INDEX place_codes_code ON place_codes (code, scheme);
CREATE INDEX place_codes_place ON place_codes (place_id);
CREATE INDEX place_codes_heir ON place_codes (heir) WHERE heir <> '';
CREATE VIEW live_place_codes AS SELECT * FROM place_codes WHERE act NOT IN (SELECT id FROM acts WHERE pending)
  AND (heir = '' OR heir IN (SELECT id FROM acts WHERE pending));

-- Rows that a bulk act replaces. The row in force keeps its place under the act's id
-- in heir while its image, staged under the pending act, already bears the key; the
-- act becomes valid by its own row alone, and what it replaced is cleared away later.
-- Operations and targets lie in one tree each: a recording touches both.

-- +goose Up
ALTER TABLE acts ADD COLUMN lost {bool} NOT NULL DEFAULT FALSE;

DROP VIEW live_households;
ALTER TABLE households RENAME TO households_before;
CREATE TABLE households (
  id       {text} NOT NULL,
  place_id {text} NOT NULL,
  path     {text} NOT NULL,
  tenure   {text} NOT NULL,
  note     {text} NOT NULL,
  since    {int}  NOT NULL,
  until    {int}  NOT NULL,
  version  {int}  NOT NULL,
  act      {text} NOT NULL,
  heir {text} NOT NULL DEFAULT '',
  PRIMARY KEY (id, heir)
);
INSERT INTO households (id, place_id, path, tenure, note, since, until, version, act)
  SELECT id, place_id, path, tenure, note, since, until, version, act FROM households_before;
DROP TABLE households_before;
CREATE INDEX households_path ON households (path);
CREATE INDEX households_place ON households (place_id);
CREATE INDEX households_heir ON households (heir) WHERE heir <> '';
CREATE VIEW live_households AS SELECT * FROM households WHERE until = 0 AND act NOT IN (SELECT id FROM acts WHERE pending)
  AND (heir = '' OR heir IN (SELECT id FROM acts WHERE pending));

DROP VIEW live_persons;
ALTER TABLE persons RENAME TO persons_before;
CREATE TABLE persons (
  id           {text} NOT NULL,
  household_id {text} NOT NULL,
  place_id     {text} NOT NULL,
  path         {text} NOT NULL,
  name         {text} NOT NULL,
  gender       {text} NOT NULL,
  birth        {text} NOT NULL,
  relation     {text} NOT NULL,
  origin       {text} NOT NULL,
  number_seal  {blob},
  number_index {blob},
  phone_seal   {blob},
  phone_index  {blob},
  care_seal    {blob},
  cared        {bool} NOT NULL,
  won          {text} NOT NULL,
  verified     {int}  NOT NULL,
  until        {int}  NOT NULL,
  version      {int}  NOT NULL,
  act          {text} NOT NULL,
  heir {text} NOT NULL DEFAULT '',
  PRIMARY KEY (id, heir)
);
INSERT INTO persons (id, household_id, place_id, path, name, gender, birth, relation, origin, number_seal, number_index, phone_seal, phone_index, care_seal, cared, won, verified, until, version, act)
  SELECT id, household_id, place_id, path, name, gender, birth, relation, origin, number_seal, number_index, phone_seal, phone_index, care_seal, cared, won, verified, until, version, act FROM persons_before;
DROP TABLE persons_before;
CREATE INDEX persons_path ON persons (path);
CREATE INDEX persons_place ON persons (place_id);
CREATE INDEX persons_number ON persons (number_index);
CREATE INDEX persons_heir ON persons (heir) WHERE heir <> '';
CREATE VIEW live_persons AS SELECT * FROM persons WHERE until = 0 AND act NOT IN (SELECT id FROM acts WHERE pending)
  AND (heir = '' OR heir IN (SELECT id FROM acts WHERE pending));

DROP VIEW live_sources;
ALTER TABLE sources RENAME TO sources_before;
CREATE TABLE sources (
  id        {text} NOT NULL,
  origin    {text} NOT NULL,
  row_key   {text} NOT NULL,
  person_id {text} NOT NULL,
  place_id  {text} NOT NULL,
  path      {text} NOT NULL,
  date      {text} NOT NULL,
  fields    {blob},
  hash      {text} NOT NULL,
  withdrawn {int}  NOT NULL,
  at        {int}  NOT NULL,
  version   {int}  NOT NULL,
  act       {text} NOT NULL,
  heir {text} NOT NULL DEFAULT '',
  PRIMARY KEY (id, heir)
);
INSERT INTO sources (id, origin, row_key, person_id, place_id, path, date, fields, hash, withdrawn, at, version, act)
  SELECT id, origin, row_key, person_id, place_id, path, date, fields, hash, withdrawn, at, version, act FROM sources_before;
DROP TABLE sources_before;
CREATE INDEX sources_person ON sources (person_id);
CREATE INDEX sources_key ON sources (row_key);
CREATE INDEX sources_heir ON sources (heir) WHERE heir <> '';
CREATE VIEW live_sources AS SELECT * FROM sources WHERE withdrawn = 0 AND act NOT IN (SELECT id FROM acts WHERE pending)
  AND (heir = '' OR heir IN (SELECT id FROM acts WHERE pending));

DROP VIEW live_targets;
ALTER TABLE targets RENAME TO targets_before;
CREATE TABLE targets (
  round_id {text} NOT NULL,
  incident {text} NOT NULL,
  place_id {text} NOT NULL,
  path     {text} NOT NULL,
  zone     {text} NOT NULL,
  outcome  {text} NOT NULL,
  choice   {blob},
  final    {bool} NOT NULL,
  again    {int}  NOT NULL,
  at       {int}  NOT NULL,
  actor    {text} NOT NULL,
  behalf   {text} NOT NULL,
  version  {int}  NOT NULL,
  act      {text} NOT NULL,
  heir {text} NOT NULL DEFAULT '',
  PRIMARY KEY (round_id, place_id, heir)
){lean};
INSERT INTO targets (round_id, incident, place_id, path, zone, outcome, choice, final, again, at, actor, behalf, version, act)
  SELECT round_id, incident, place_id, path, zone, outcome, choice, final, again, at, actor, behalf, version, act FROM targets_before;
DROP TABLE targets_before;
CREATE INDEX targets_incident ON targets (incident);
CREATE INDEX targets_path ON targets (round_id, path);
CREATE INDEX targets_place ON targets (place_id);
CREATE INDEX targets_heir ON targets (heir) WHERE heir <> '';
CREATE VIEW live_targets AS SELECT * FROM targets WHERE act NOT IN (SELECT id FROM acts WHERE pending)
  AND (heir = '' OR heir IN (SELECT id FROM acts WHERE pending));

ALTER TABLE operations RENAME TO operations_before;
CREATE TABLE operations (
  id      {text} NOT NULL PRIMARY KEY,
  account {text} NOT NULL,
  device  {text} NOT NULL,
  n       {int}  NOT NULL,
  hash    {text} NOT NULL,
  at      {int}  NOT NULL,
  seq     {int}  NOT NULL,
  body    {blob}
){lean};
INSERT INTO operations (id, account, device, n, hash, at, seq, body)
  SELECT id, account, device, n, hash, at, seq, body FROM operations_before;
DROP TABLE operations_before;

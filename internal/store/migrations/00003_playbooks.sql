-- +goose Up

-- A round knows the version it was opened by and the places with a date of their own.
DROP VIEW live_rounds;
ALTER TABLE rounds ADD COLUMN dues {text} NOT NULL DEFAULT '[]';
ALTER TABLE rounds ADD COLUMN book {text} NOT NULL DEFAULT '';
CREATE VIEW live_rounds AS SELECT * FROM rounds WHERE act NOT IN (SELECT id FROM acts WHERE pending);

-- What a place changes in a playbook, one row for each difference. A row is never
-- rewritten: a later one takes its place and this one ends.
CREATE TABLE overrides (
  id       {text} PRIMARY KEY,
  place_id {text} NOT NULL,
  path     {text} NOT NULL,
  playbook {text} NOT NULL,
  kind     {text} NOT NULL,
  key      {text} NOT NULL,
  value    {text} NOT NULL,
  was      {text} NOT NULL,
  reason   {text} NOT NULL,
  basis    {text} NOT NULL,
  grade    {text} NOT NULL,
  author   {text} NOT NULL,
  at       {int}  NOT NULL,
  approver {text} NOT NULL,
  approved {int}  NOT NULL,
  ended    {int}  NOT NULL,
  ended_by {text} NOT NULL,
  version  {int}  NOT NULL,
  CHECK (reason <> ''),
  CHECK (grade <> 'tightened' OR basis <> '')
);
CREATE INDEX overrides_playbook ON overrides (playbook, ended);

-- Which version of each playbook new incidents use.
CREATE TABLE adoptions (
  playbook {text} PRIMARY KEY,
  hash     {text} NOT NULL,
  prior    {text} NOT NULL,
  author   {text} NOT NULL,
  at       {int}  NOT NULL,
  version  {int}  NOT NULL
);

-- What changed for a post when its incident went onto another version.
CREATE TABLE briefings (
  id       {text} PRIMARY KEY,
  incident {text} NOT NULL,
  post_id  {text} NOT NULL,
  place_id {text} NOT NULL,
  path     {text} NOT NULL,
  playbook {text} NOT NULL,
  from_hash {text} NOT NULL,
  to_hash  {text} NOT NULL,
  lines    {text} NOT NULL,
  at       {int}  NOT NULL,
  seen     {int}  NOT NULL,
  seen_by  {text} NOT NULL,
  version  {int}  NOT NULL,
  act      {text} NOT NULL
);
CREATE INDEX briefings_post ON briefings (post_id);
CREATE INDEX briefings_incident ON briefings (incident);
CREATE VIEW live_briefings AS SELECT * FROM briefings WHERE act NOT IN (SELECT id FROM acts WHERE pending);

-- Data of v0.1.0-pre have this table without the place beside the path; it is made
-- anew in one shape, the place found by its path.

-- +goose Up
DROP VIEW live_briefings;
ALTER TABLE briefings RENAME TO briefings_before;
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
INSERT INTO briefings (id, incident, post_id, place_id, path, playbook, from_hash, to_hash, lines, at, seen, seen_by, version, act)
  SELECT id, incident, post_id, COALESCE((SELECT MIN(p.id) FROM places p WHERE p.path = b.path), ''), path, playbook, from_hash, to_hash, lines, at, seen, seen_by, version, act
  FROM briefings_before b;
DROP TABLE briefings_before;
CREATE INDEX briefings_post ON briefings (post_id);
CREATE INDEX briefings_incident ON briefings (incident);
CREATE VIEW live_briefings AS SELECT * FROM briefings WHERE act NOT IN (SELECT id FROM acts WHERE pending);

-- Passes, the trainings that lead to them, who came, and which cards were read (ADR
-- 0025). What an imported roll listed as trained becomes passes without an end whose
-- source is the import; the list itself goes, so that one thing says it.

-- +goose Up
CREATE TABLE passes (
  id            {text} PRIMARY KEY,
  helper_id     {text} NOT NULL,
  qualification {text} NOT NULL,
  since         {int}  NOT NULL,
  until         {int}  NOT NULL,
  trainer       {text} NOT NULL,
  source        {text} NOT NULL,
  course        {text} NOT NULL,
  given_by      {text} NOT NULL,
  given         {int}  NOT NULL,
  why           {text} NOT NULL,
  revoked       {int}  NOT NULL,
  revoked_by    {text} NOT NULL,
  revoked_why   {text} NOT NULL,
  version       {int}  NOT NULL,
  act           {text} NOT NULL
);
CREATE INDEX passes_helper ON passes (helper_id);
CREATE INDEX passes_trainer ON passes (trainer) WHERE trainer <> '';

CREATE TABLE trainings (
  id        {text} PRIMARY KEY,
  course    {text} NOT NULL,
  step      {text} NOT NULL,
  place_id  {text} NOT NULL,
  path      {text} NOT NULL,
  trainer   {text} NOT NULL,
  since     {int}  NOT NULL,
  until     {int}  NOT NULL,
  places    {int}  NOT NULL,
  author    {text} NOT NULL,
  held      {int}  NOT NULL,
  cancelled {int}  NOT NULL,
  why       {text} NOT NULL,
  version   {int}  NOT NULL,
  act       {text} NOT NULL
);
CREATE INDEX trainings_path ON trainings (path, since);
CREATE INDEX trainings_trainer ON trainings (trainer, until);

CREATE TABLE attendances (
  training_id {text} NOT NULL,
  helper_id   {text} NOT NULL,
  invited     {int}  NOT NULL,
  outcome     {text} NOT NULL,
  noted_by    {text} NOT NULL,
  noted       {int}  NOT NULL,
  version     {int}  NOT NULL,
  act         {text} NOT NULL,
  PRIMARY KEY (training_id, helper_id)
);
CREATE INDEX attendances_helper ON attendances (helper_id);

CREATE TABLE cards_read (
  helper_id {text} NOT NULL,
  card      {text} NOT NULL,
  wording   {text} NOT NULL,
  at        {int}  NOT NULL,
  noted_by  {text} NOT NULL,
  version   {int}  NOT NULL,
  PRIMARY KEY (helper_id, card)
);

INSERT INTO passes (id, helper_id, qualification, since, until, trainer, source, course, given_by, given, why, revoked, revoked_by, revoked_why, version, act)
  WITH RECURSIVE cut(id, act, one, rest) AS (
    SELECT id, act, substr(id, 1, 0), replace(replace(replace(replace(trained, '[', ''), ']', ''), '"', ''), ' ', '') || ','
      FROM helpers WHERE trained LIKE '[%' AND trained <> '[]'
    UNION ALL
    SELECT id, act, substr(rest, 1, {instr}(rest, ',') - 1), substr(rest, {instr}(rest, ',') + 1) FROM cut WHERE rest <> ''
  )
  SELECT id || ':' || one, id, one, 0, 0, '', 'import', '', '', 0, '', 0, '', '', 1, act FROM cut WHERE one <> '';

DROP VIEW live_helpers;
ALTER TABLE helpers DROP COLUMN trained;
CREATE VIEW live_helpers     AS SELECT * FROM helpers     WHERE act NOT IN (SELECT id FROM acts WHERE pending);
CREATE VIEW live_passes      AS SELECT * FROM passes      WHERE act NOT IN (SELECT id FROM acts WHERE pending);
CREATE VIEW live_trainings   AS SELECT * FROM trainings   WHERE act NOT IN (SELECT id FROM acts WHERE pending);
CREATE VIEW live_attendances AS SELECT * FROM attendances WHERE act NOT IN (SELECT id FROM acts WHERE pending);

-- Who stands where and when, by turns (ADR 0025): rosters, their shifts, what people
-- wish, and one row for each helper's line, by which two changes of it meet.

-- +goose Up
CREATE TABLE shifts (
  id       {text} PRIMARY KEY,
  slot     {text} NOT NULL UNIQUE,
  roster   {text} NOT NULL,
  incident {text} NOT NULL,
  item     {text} NOT NULL,
  place_id {text} NOT NULL,
  path     {text} NOT NULL,
  zone     {text} NOT NULL,
  closed   {text} NOT NULL,
  n        {int}  NOT NULL,
  helper   {text} NOT NULL,
  since    {int}  NOT NULL,
  until    {int}  NOT NULL,
  state    {text} NOT NULL,
  why      {text} NOT NULL,
  note     {text} NOT NULL,
  pinned   {bool} NOT NULL,
  former   {text} NOT NULL,
  changed  {int}  NOT NULL,
  version  {int}  NOT NULL,
  act      {text} NOT NULL
);
CREATE INDEX shifts_path ON shifts (path, since);
CREATE INDEX shifts_helper ON shifts (helper, since) WHERE helper <> '';

CREATE TABLE rosters (
  id        {text} PRIMARY KEY,
  incident  {text} NOT NULL,
  place_id  {text} NOT NULL,
  path      {text} NOT NULL,
  since     {int}  NOT NULL,
  days      {int}  NOT NULL,
  author    {text} NOT NULL,
  made      {int}  NOT NULL,
  publisher {text} NOT NULL,
  published {int}  NOT NULL,
  taken     {int}  NOT NULL,
  body      {blob} NOT NULL,
  version   {int}  NOT NULL,
  act       {text} NOT NULL
);
CREATE INDEX rosters_path ON rosters (path, made);

CREATE TABLE wishes (
  helper  {text} NOT NULL,
  day     {text} NOT NULL,
  wanted  {bool} NOT NULL,
  since   {int}  NOT NULL,
  until   {int}  NOT NULL,
  version {int}  NOT NULL,
  act     {text} NOT NULL,
  PRIMARY KEY (helper, day)
);

CREATE TABLE stints (
  helper  {text} PRIMARY KEY,
  changed {int}  NOT NULL,
  version {int}  NOT NULL,
  act     {text} NOT NULL
);

CREATE VIEW live_shifts  AS SELECT * FROM shifts  WHERE act NOT IN (SELECT id FROM acts WHERE pending);
CREATE VIEW live_rosters AS SELECT * FROM rosters WHERE act NOT IN (SELECT id FROM acts WHERE pending);
CREATE VIEW live_wishes  AS SELECT * FROM wishes  WHERE act NOT IN (SELECT id FROM acts WHERE pending);
CREATE VIEW live_stints  AS SELECT * FROM stints  WHERE act NOT IN (SELECT id FROM acts WHERE pending);

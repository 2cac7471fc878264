-- Squads that organisations send, and where they stand (ADR 0027). A plan of them is
-- a plan like the others; who of a squad stands on a post is a helper of the roll.

-- +goose Up
CREATE TABLE squads (
  id           {text} PRIMARY KEY,
  number       {text} NOT NULL UNIQUE,
  organisation {text} NOT NULL,
  name         {text} NOT NULL,
  kind         {text} NOT NULL,
  size         {int}  NOT NULL,
  place_id     {text} NOT NULL,
  path         {text} NOT NULL,
  contact      {text} NOT NULL,
  since        {int}  NOT NULL,
  until        {int}  NOT NULL,
  version      {int}  NOT NULL,
  act          {text} NOT NULL
);
CREATE INDEX squads_path ON squads (path);

CREATE TABLE stations (
  id       {text} PRIMARY KEY,
  squad    {text} NOT NULL,
  plan     {text} NOT NULL,
  place_id {text} NOT NULL,
  path     {text} NOT NULL,
  kind     {text} NOT NULL,
  people   {int}  NOT NULL,
  since    {int}  NOT NULL,
  until    {int}  NOT NULL,
  why      {text} NOT NULL,
  pinned   {bool} NOT NULL,
  release  {text} NOT NULL,
  hours    {int}  NOT NULL,
  thanks   {text} NOT NULL,
  version  {int}  NOT NULL,
  act      {text} NOT NULL
);
CREATE INDEX stations_path ON stations (path, since);
CREATE INDEX stations_squad ON stations (squad, since);

CREATE VIEW live_squads   AS SELECT * FROM squads   WHERE act NOT IN (SELECT id FROM acts WHERE pending);
CREATE VIEW live_stations AS SELECT * FROM stations WHERE act NOT IN (SELECT id FROM acts WHERE pending);

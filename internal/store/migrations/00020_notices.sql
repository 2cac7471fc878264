-- Who is told or asked, whom it reached, and what they answered (ADR 0025); and, where
-- no channel leads outside, what would have been sent.

-- +goose Up
CREATE TABLE notices (
  id       {text} PRIMARY KEY,
  kind     {text} NOT NULL,
  place_id {text} NOT NULL,
  path     {text} NOT NULL,
  incident {text} NOT NULL,
  thing    {text} NOT NULL,
  thing_id {text} NOT NULL,
  title    {text} NOT NULL,
  body     {text} NOT NULL,
  wants    {text} NOT NULL,
  turn     {text} NOT NULL,
  each     {int}  NOT NULL,
  wanted   {int}  NOT NULL,
  yes      {int}  NOT NULL,
  author   {text} NOT NULL,
  sent     {int}  NOT NULL,
  until    {int}  NOT NULL,
  closed   {int}  NOT NULL,
  why      {text} NOT NULL,
  reason   {text} NOT NULL,
  version  {int}  NOT NULL,
  act      {text} NOT NULL
);
CREATE INDEX notices_path ON notices (path, sent);
CREATE INDEX notices_open ON notices (until) WHERE closed = 0;
CREATE INDEX notices_thing ON notices (thing_id);

CREATE TABLE receivers (
  notice_id {text} NOT NULL,
  n         {int}  NOT NULL,
  helper_id {text} NOT NULL,
  place_id  {text} NOT NULL,
  path      {text} NOT NULL,
  asked     {int}  NOT NULL,
  due       {int}  NOT NULL,
  channel   {text} NOT NULL,
  tries     {int}  NOT NULL,
  next      {int}  NOT NULL,
  handed    {int}  NOT NULL,
  reached   {int}  NOT NULL,
  failed    {text} NOT NULL,
  answer    {text} NOT NULL,
  answered  {int}  NOT NULL,
  answered_by {text} NOT NULL,
  version   {int}  NOT NULL,
  act       {text} NOT NULL,
  PRIMARY KEY (notice_id, n)
);
CREATE INDEX receivers_helper ON receivers (helper_id, asked);
CREATE INDEX receivers_next ON receivers (next) WHERE next > 0;

CREATE TABLE outbox (
  id      {text} PRIMARY KEY,
  channel {text} NOT NULL,
  message {blob} NOT NULL,
  at      {int}  NOT NULL,
  until   {int}  NOT NULL
);
CREATE INDEX outbox_at ON outbox (at);

CREATE VIEW live_notices   AS SELECT * FROM notices   WHERE act NOT IN (SELECT id FROM acts WHERE pending);
CREATE VIEW live_receivers AS SELECT * FROM receivers WHERE act NOT IN (SELECT id FROM acts WHERE pending);

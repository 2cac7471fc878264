-- Facts that release clocks ask, and exemptions on need.

-- +goose Up
CREATE TABLE facts (
  id        {text} PRIMARY KEY,
  incident  {text} NOT NULL,
  place_id  {text} NOT NULL,
  path      {text} NOT NULL,
  zone      {text} NOT NULL,
  name      {text} NOT NULL,
  holds     {bool} NOT NULL,
  at        {int}  NOT NULL,
  source    {blob},
  author    {text} NOT NULL,
  recorded  {int}  NOT NULL,
  withdrawn {int}  NOT NULL,
  withdrawn_by {text} NOT NULL,
  version   {int}  NOT NULL
);
CREATE INDEX facts_incident ON facts (incident, at);

CREATE TABLE exemptions (
  id         {text} PRIMARY KEY,
  incident   {text} NOT NULL,
  zone       {text} NOT NULL,
  place_id   {text} NOT NULL,
  path       {text} NOT NULL,
  person_id  {text} NOT NULL,
  need       {blob},
  verdict    {blob},
  requester  {text} NOT NULL,
  asked      {int}  NOT NULL,
  decider    {text} NOT NULL,
  due        {int}  NOT NULL,
  decided    {int}  NOT NULL,
  decided_by {text} NOT NULL,
  granted    {bool} NOT NULL,
  since      {int}  NOT NULL,
  until      {int}  NOT NULL,
  revoked    {int}  NOT NULL,
  revoked_by {text} NOT NULL,
  version    {int}  NOT NULL
);
CREATE INDEX exemptions_incident ON exemptions (incident, asked);
CREATE INDEX exemptions_path ON exemptions (path);

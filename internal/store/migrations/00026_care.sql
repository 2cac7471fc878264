-- What the captain of a team proposes for a stretch that was noted wrongly: whoever
-- keeps the roll decides.

-- +goose Up
ALTER TABLE services ADD COLUMN prop_since {int} NOT NULL DEFAULT 0;
ALTER TABLE services ADD COLUMN prop_until {int} NOT NULL DEFAULT 0;
ALTER TABLE services ADD COLUMN prop_by {text} NOT NULL DEFAULT '';
ALTER TABLE services ADD COLUMN prop_why {text} NOT NULL DEFAULT '';
ALTER TABLE services ADD COLUMN proposed {int} NOT NULL DEFAULT 0;
CREATE INDEX services_path ON services (path, since);
CREATE INDEX services_thing ON services (thing);

-- What is done for helpers: gear handed out (or, without a helper, taken in), insurance
-- and lodging, thanks; and where members of organisations check in beside their own.
CREATE TABLE gear (
  id        {text} PRIMARY KEY,
  helper_id {text} NOT NULL,
  place_id  {text} NOT NULL,
  path      {text} NOT NULL,
  kind      {text} NOT NULL,
  number    {int}  NOT NULL,
  given     {int}  NOT NULL,
  given_by  {text} NOT NULL,
  back      {int}  NOT NULL,
  back_by   {text} NOT NULL,
  lost      {bool} NOT NULL,
  why       {text} NOT NULL,
  version   {int}  NOT NULL
);
CREATE INDEX gear_path ON gear (path);
CREATE INDEX gear_helper ON gear (helper_id) WHERE helper_id <> '';

CREATE TABLE kept (
  helper_id     {text} PRIMARY KEY,
  insured_until {int}  NOT NULL,
  insured_by    {text} NOT NULL,
  lodging       {text} NOT NULL,
  lodged_until  {int}  NOT NULL,
  version       {int}  NOT NULL
);

CREATE TABLE thanks (
  id         {text} PRIMARY KEY,
  place_id   {text} NOT NULL,
  path       {text} NOT NULL,
  helper_id  {text} NOT NULL,
  words      {text} NOT NULL,
  signed     {text} NOT NULL,
  made       {int}  NOT NULL,
  made_by    {text} NOT NULL,
  decided    {int}  NOT NULL,
  decided_by {text} NOT NULL,
  shown      {bool} NOT NULL,
  version    {int}  NOT NULL
);
CREATE INDEX thanks_path ON thanks (path, made);

CREATE TABLE units (
  id       {text} PRIMARY KEY,
  name     {text} NOT NULL,
  kind     {text} NOT NULL,
  place_id {text} NOT NULL,
  path     {text} NOT NULL,
  contact  {text} NOT NULL,
  offers   {text} NOT NULL,
  since    {int}  NOT NULL,
  ended    {int}  NOT NULL,
  version  {int}  NOT NULL
);
CREATE INDEX units_path ON units (path);
CREATE INDEX units_contact ON units (contact) WHERE contact <> '';

CREATE TABLE presences (
  helper_id {text} NOT NULL,
  unit_id   {text} NOT NULL,
  place_id  {text} NOT NULL,
  path      {text} NOT NULL,
  how       {text} NOT NULL,
  since     {int}  NOT NULL,
  shares    {bool} NOT NULL,
  consent   {text} NOT NULL,
  ended     {int}  NOT NULL,
  version   {int}  NOT NULL,
  PRIMARY KEY (helper_id, unit_id)
);
CREATE INDEX presences_unit ON presences (unit_id);
CREATE INDEX presences_path ON presences (path);

-- One text for both engines: {text} {int} {blob} {bool} are replaced by the dialect.
-- Times are UTC milliseconds given by the program, 0 = none. Lists are JSON, read whole.

-- +goose Up
CREATE TABLE meta (
  name  {text} PRIMARY KEY,
  value {text} NOT NULL
);

CREATE TABLE acts (
  id       {text} PRIMARY KEY,
  verb     {text} NOT NULL,
  pending  {bool} NOT NULL,
  started  {int}  NOT NULL,
  items    {int}  NOT NULL DEFAULT 0,
  manifest {blob}
);
CREATE INDEX acts_pending ON acts (id) WHERE pending;

CREATE TABLE act_items (
  act      {text} NOT NULL,
  n        {int}  NOT NULL,
  thing    {text} NOT NULL,
  thing_id {text} NOT NULL,
  path     {text} NOT NULL,
  leaf     {blob} NOT NULL,
  PRIMARY KEY (act, n)
);
CREATE INDEX act_items_thing ON act_items (thing_id);

CREATE TABLE entries (
  seq      {int}  PRIMARY KEY,
  at       {int}  NOT NULL,
  actor    {text} NOT NULL,
  device   {text} NOT NULL,
  op       {text} NOT NULL,
  verb     {text} NOT NULL,
  thing    {text} NOT NULL,
  thing_id {text} NOT NULL,
  place_id {text} NOT NULL,
  path     {text} NOT NULL,
  incident {text} NOT NULL,
  purpose  {text} NOT NULL,
  subject  {text} NOT NULL,
  audience {text} NOT NULL,
  act      {text} NOT NULL,
  payload  {blob},
  salt     {blob},
  leaf     {blob} NOT NULL
);
CREATE INDEX entries_path ON entries (path, seq);
CREATE INDEX entries_thing ON entries (thing_id, seq);

CREATE TABLE checkpoints (
  size {int}  PRIMARY KEY,
  at   {int}  NOT NULL,
  note {text} NOT NULL
);

CREATE TABLE operations (
  id      {text} PRIMARY KEY,
  account {text} NOT NULL,
  device  {text} NOT NULL,
  n       {int}  NOT NULL,
  hash    {text} NOT NULL,
  at      {int}  NOT NULL,
  seq     {int}  NOT NULL,
  body    {blob}
);

CREATE TABLE devices (
  id       {text} PRIMARY KEY,
  account  {text} NOT NULL,
  last     {int}  NOT NULL,
  seen     {int}  NOT NULL
);

CREATE TABLE held (
  device  {text} NOT NULL,
  n       {int}  NOT NULL,
  account {text} NOT NULL,
  at      {int}  NOT NULL,
  body    {blob} NOT NULL,
  PRIMARY KEY (device, n)
);

CREATE TABLE places (
  id        {text} PRIMARY KEY,
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
  act       {text} NOT NULL
);
CREATE UNIQUE INDEX places_code ON places (code);
CREATE INDEX places_path ON places (path);
CREATE INDEX places_parent ON places (parent_id, sort);
CREATE INDEX places_kind ON places (kind, path);

CREATE TABLE place_codes (
  scheme   {text} NOT NULL,
  code     {text} NOT NULL,
  place_id {text} NOT NULL,
  since    {int}  NOT NULL,
  until    {int}  NOT NULL,
  PRIMARY KEY (scheme, code, since)
);

CREATE TABLE accounts (
  id        {text} PRIMARY KEY,
  login     {text} NOT NULL,
  name      {text} NOT NULL,
  helper_id {text} NOT NULL,
  password  {text} NOT NULL,
  disabled  {bool} NOT NULL,
  version   {int}  NOT NULL
);
CREATE UNIQUE INDEX accounts_login ON accounts (login);
CREATE INDEX accounts_helper ON accounts (helper_id);

CREATE TABLE grants (
  id       {text} PRIMARY KEY,
  account  {text} NOT NULL,
  role     {text} NOT NULL,
  place_id {text} NOT NULL,
  path     {text} NOT NULL,
  since    {int}  NOT NULL,
  until    {int}  NOT NULL,
  why      {text} NOT NULL,
  version  {int}  NOT NULL
);
CREATE INDEX grants_account ON grants (account);

CREATE TABLE sessions (
  hash    {text} PRIMARY KEY,
  account {text} NOT NULL,
  kind    {text} NOT NULL,
  name    {text} NOT NULL,
  device  {text} NOT NULL,
  created {int}  NOT NULL,
  expires {int}  NOT NULL,
  idle    {int}  NOT NULL,
  seen    {int}  NOT NULL,
  ended   {int}  NOT NULL,
  version {int}  NOT NULL
);
CREATE INDEX sessions_account ON sessions (account);

CREATE TABLE households (
  id       {text} PRIMARY KEY,
  place_id {text} NOT NULL,
  path     {text} NOT NULL,
  tenure   {text} NOT NULL,
  note     {text} NOT NULL,
  since    {int}  NOT NULL,
  until    {int}  NOT NULL,
  version  {int}  NOT NULL,
  act      {text} NOT NULL
);
CREATE INDEX households_path ON households (path);
CREATE INDEX households_place ON households (place_id);

CREATE TABLE persons (
  id           {text} PRIMARY KEY,
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
  act          {text} NOT NULL
);
CREATE INDEX persons_path ON persons (path);
CREATE INDEX persons_place ON persons (place_id);
CREATE INDEX persons_number ON persons (number_index);

CREATE TABLE sources (
  id        {text} PRIMARY KEY,
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
  act       {text} NOT NULL
);
CREATE INDEX sources_person ON sources (person_id);
CREATE INDEX sources_key ON sources (row_key);

CREATE TABLE helpers (
  id         {text} PRIMARY KEY,
  number     {text} NOT NULL,
  name       {text} NOT NULL,
  work_phone {text} NOT NULL,
  birth      {int}  NOT NULL,
  gender     {text} NOT NULL,
  place_id   {text} NOT NULL,
  path       {text} NOT NULL,
  kind       {text} NOT NULL,
  party      {bool} NOT NULL,
  standing   {bool} NOT NULL,
  phone_user {bool} NOT NULL,
  skills     {text} NOT NULL,
  trained    {text} NOT NULL,
  hours      {int}  NOT NULL,
  away       {text} NOT NULL,
  account_id {text} NOT NULL,
  version    {int}  NOT NULL,
  act        {text} NOT NULL
);
CREATE UNIQUE INDEX helpers_number ON helpers (number);
CREATE INDEX helpers_path ON helpers (path);

CREATE TABLE playbooks (
  hash    {text} PRIMARY KEY,
  id      {text} NOT NULL,
  number  {int}  NOT NULL,
  body    {text} NOT NULL,
  at      {int}  NOT NULL,
  version {int}  NOT NULL
);
CREATE INDEX playbooks_id ON playbooks (id, at);

CREATE TABLE incidents (
  id       {text} PRIMARY KEY,
  title    {text} NOT NULL,
  playbook {text} NOT NULL,
  hash     {text} NOT NULL,
  place_id {text} NOT NULL,
  path     {text} NOT NULL,
  author   {text} NOT NULL,
  declared {int}  NOT NULL,
  started  {int}  NOT NULL,
  start_by {text} NOT NULL,
  ended    {int}  NOT NULL,
  end_by   {text} NOT NULL,
  keep     {int}  NOT NULL,
  stated   {text} NOT NULL,
  version  {int}  NOT NULL,
  act      {text} NOT NULL
);
CREATE INDEX incidents_path ON incidents (path);

CREATE TABLE measures (
  id        {text} PRIMARY KEY,
  incident  {text} NOT NULL,
  zone      {text} NOT NULL,
  place_id  {text} NOT NULL,
  path      {text} NOT NULL,
  basis     {text} NOT NULL,
  author    {text} NOT NULL,
  since     {int}  NOT NULL,
  until     {int}  NOT NULL,
  lifted    {int}  NOT NULL,
  lifted_by {text} NOT NULL,
  version   {int}  NOT NULL,
  act       {text} NOT NULL,
  CHECK (basis <> ''),
  CHECK (until >= since)
);
CREATE INDEX measures_incident ON measures (incident);
CREATE INDEX measures_path ON measures (path);

CREATE TABLE plans (
  id       {text} PRIMARY KEY,
  incident {text} NOT NULL,
  author   {text} NOT NULL,
  made     {int}  NOT NULL,
  saw      {text} NOT NULL,
  body     {blob} NOT NULL,
  applied  {int}  NOT NULL,
  applier  {text} NOT NULL,
  version  {int}  NOT NULL,
  act      {text} NOT NULL
);
CREATE INDEX plans_incident ON plans (incident, made);

CREATE TABLE pins (
  id       {text} PRIMARY KEY,
  incident {text} NOT NULL,
  slot     {text} NOT NULL,
  helper   {text} NOT NULL,
  reason   {text} NOT NULL,
  author   {text} NOT NULL,
  at       {int}  NOT NULL,
  version  {int}  NOT NULL
);
CREATE UNIQUE INDEX pins_slot ON pins (incident, slot);

CREATE TABLE posts (
  id       {text} PRIMARY KEY,
  slot     {text} NOT NULL,
  incident {text} NOT NULL,
  item     {text} NOT NULL,
  role     {text} NOT NULL,
  place_id {text} NOT NULL,
  path     {text} NOT NULL,
  zone     {text} NOT NULL,
  n        {int}  NOT NULL,
  helper   {text} NOT NULL,
  deputy   {text} NOT NULL,
  pinned   {bool} NOT NULL,
  reason   {text} NOT NULL,
  since    {int}  NOT NULL,
  until    {int}  NOT NULL,
  version  {int}  NOT NULL,
  act      {text} NOT NULL
);
CREATE UNIQUE INDEX posts_slot ON posts (slot);
CREATE INDEX posts_incident ON posts (incident, path);
CREATE INDEX posts_helper ON posts (helper);
CREATE INDEX posts_path ON posts (path);

CREATE TABLE rounds (
  id       {text} PRIMARY KEY,
  slot     {text} NOT NULL,
  incident {text} NOT NULL,
  item     {text} NOT NULL,
  place_id {text} NOT NULL,
  path     {text} NOT NULL,
  title_zh {text} NOT NULL,
  title_en {text} NOT NULL,
  per      {text} NOT NULL,
  performer {text} NOT NULL,
  outcomes {text} NOT NULL,
  opened   {int}  NOT NULL,
  due      {int}  NOT NULL,
  closed   {int}  NOT NULL,
  total    {int}  NOT NULL,
  version  {int}  NOT NULL,
  act      {text} NOT NULL
);
CREATE UNIQUE INDEX rounds_slot ON rounds (slot);
CREATE INDEX rounds_incident ON rounds (incident);

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
  PRIMARY KEY (round_id, place_id)
);
CREATE INDEX targets_incident ON targets (incident);
CREATE INDEX targets_path ON targets (round_id, path);
CREATE INDEX targets_place ON targets (place_id);

CREATE VIEW live_places     AS SELECT * FROM places     WHERE until = 0 AND act NOT IN (SELECT id FROM acts WHERE pending);
CREATE VIEW live_households AS SELECT * FROM households WHERE until = 0 AND act NOT IN (SELECT id FROM acts WHERE pending);
CREATE VIEW live_persons    AS SELECT * FROM persons    WHERE until = 0 AND act NOT IN (SELECT id FROM acts WHERE pending);
CREATE VIEW live_sources    AS SELECT * FROM sources    WHERE withdrawn = 0 AND act NOT IN (SELECT id FROM acts WHERE pending);
CREATE VIEW live_helpers    AS SELECT * FROM helpers    WHERE act NOT IN (SELECT id FROM acts WHERE pending);
CREATE VIEW live_measures   AS SELECT * FROM measures   WHERE act NOT IN (SELECT id FROM acts WHERE pending);
CREATE VIEW live_posts      AS SELECT * FROM posts      WHERE act NOT IN (SELECT id FROM acts WHERE pending);
CREATE VIEW live_rounds     AS SELECT * FROM rounds     WHERE act NOT IN (SELECT id FROM acts WHERE pending);
CREATE VIEW live_targets    AS SELECT * FROM targets    WHERE act NOT IN (SELECT id FROM acts WHERE pending);

-- What residents need, how each case moved, who has a patient, a medicine or a key
-- now, and what was said about it (ADR 0028). Words and contact are sealed under
-- purpose "needs", subject the case.

-- +goose Up
CREATE TABLE cases (
  id        {text} PRIMARY KEY,
  number    {text} NOT NULL,
  item      {text} NOT NULL,
  book      {text} NOT NULL,
  place_id  {text} NOT NULL,
  path      {text} NOT NULL,
  incident  {text} NOT NULL,
  origin    {text} NOT NULL,
  only_for  {text} NOT NULL,
  opened    {int}  NOT NULL,
  opened_by {text} NOT NULL,
  noted     {text} NOT NULL,
  person_id {text} NOT NULL,
  against   {text} NOT NULL,
  barred    {text} NOT NULL,
  asked     {blob},
  desk_place {text} NOT NULL,
  desk_path {text} NOT NULL,
  desk_role {text} NOT NULL,
  above_place {text} NOT NULL,
  above_path {text} NOT NULL,
  above_role {text} NOT NULL,
  level     {int}  NOT NULL,
  holder    {text} NOT NULL,
  since     {int}  NOT NULL,
  offer_place {text} NOT NULL,
  offer_path {text} NOT NULL,
  offer_role {text} NOT NULL,
  offer_by  {text} NOT NULL,
  offer_at  {int}  NOT NULL,
  offer_until {int} NOT NULL,
  due       {int}  NOT NULL,
  climbed   {int}  NOT NULL,
  paused    {int}  NOT NULL,
  resume    {int}  NOT NULL,
  reason    {text} NOT NULL,
  stepped   {int}  NOT NULL,
  answered  {int}  NOT NULL,
  answer_by {text} NOT NULL,
  reply     {blob},
  proved    {bool} NOT NULL,
  met_by    {text} NOT NULL,
  reopened  {int}  NOT NULL,
  closed    {int}  NOT NULL,
  how       {text} NOT NULL,
  rating    {int}  NOT NULL,
  parent    {text} NOT NULL,
  same      {text} NOT NULL,
  next      {int}  NOT NULL,
  version   {int}  NOT NULL,
  act       {text} NOT NULL
);
CREATE UNIQUE INDEX cases_number ON cases (number);
CREATE INDEX cases_path ON cases (path, closed);
CREATE INDEX cases_desk ON cases (desk_path, closed);
CREATE INDEX cases_above ON cases (above_path, closed);
CREATE INDEX cases_offer ON cases (offer_path) WHERE offer_until > 0;
CREATE INDEX cases_next ON cases (next) WHERE next > 0;
CREATE INDEX cases_parent ON cases (parent) WHERE parent <> '';
CREATE INDEX cases_same ON cases (same) WHERE same <> '';

CREATE TABLE case_steps (
  case_id   {text} NOT NULL,
  n         {int}  NOT NULL,
  at        {int}  NOT NULL,
  verb      {text} NOT NULL,
  by_id     {text} NOT NULL,
  noted     {bool} NOT NULL,
  to_place  {text} NOT NULL,
  to_role   {text} NOT NULL,
  to_who    {text} NOT NULL,
  why       {text} NOT NULL,
  said      {blob},
  version   {int}  NOT NULL,
  PRIMARY KEY (case_id, n)
);

-- What the catalogue said of an item on the day a case of it was opened, by content.
CREATE TABLE case_items (
  id        {text} PRIMARY KEY,
  body      {blob} NOT NULL,
  version   {int}  NOT NULL
);

CREATE TABLE custodies (
  id        {text} PRIMARY KEY,
  case_id   {text} NOT NULL,
  chain     {text} NOT NULL,
  book      {text} NOT NULL,
  subject   {text} NOT NULL,
  place_id  {text} NOT NULL,
  path      {text} NOT NULL,
  first_who {text} NOT NULL,
  first_post {text} NOT NULL,
  opened    {int}  NOT NULL,
  keeper    {text} NOT NULL,
  keeper_post {text} NOT NULL,
  leg       {int}  NOT NULL,
  since     {int}  NOT NULL,
  level     {int}  NOT NULL,
  ended     {int}  NOT NULL,
  how       {text} NOT NULL,
  next      {int}  NOT NULL,
  version   {int}  NOT NULL
);
CREATE INDEX custodies_case ON custodies (case_id);
CREATE INDEX custodies_keeper ON custodies (keeper, ended);
CREATE INDEX custodies_path ON custodies (path, ended);
CREATE INDEX custodies_next ON custodies (next) WHERE next > 0;

CREATE TABLE halves (
  id        {text} PRIMARY KEY,
  custody_id {text} NOT NULL,
  verb      {text} NOT NULL,
  by_who    {text} NOT NULL,
  by_post   {text} NOT NULL,
  to_who    {text} NOT NULL,
  to_post   {text} NOT NULL,
  leg       {text} NOT NULL,
  how       {text} NOT NULL,
  code      {text} NOT NULL,
  at        {int}  NOT NULL,
  behalf    {text} NOT NULL,
  recorded  {int}  NOT NULL,
  proof     {blob},
  version   {int}  NOT NULL
);
CREATE INDEX halves_custody ON halves (custody_id, at);

CREATE VIEW live_cases AS SELECT * FROM cases WHERE act NOT IN (SELECT id FROM acts WHERE pending);

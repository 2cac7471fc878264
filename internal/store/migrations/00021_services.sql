-- Hours that helpers served, and the certificates made over them. They are the
-- helpers' record and outlive the incident that they belong to.

-- +goose Up
CREATE TABLE services (
  id        {text} PRIMARY KEY,
  helper_id {text} NOT NULL,
  place_id  {text} NOT NULL,
  path      {text} NOT NULL,
  incident  {text} NOT NULL,
  source    {text} NOT NULL,
  thing     {text} NOT NULL,
  title     {text} NOT NULL,
  since     {int}  NOT NULL,
  until     {int}  NOT NULL,
  was_since {int}  NOT NULL,
  was_until {int}  NOT NULL,
  author    {text} NOT NULL,
  reason    {text} NOT NULL,
  objection {text} NOT NULL,
  objected  {int}  NOT NULL,
  struck    {bool} NOT NULL,
  version   {int}  NOT NULL
);
CREATE INDEX services_helper ON services (helper_id, since);

CREATE TABLE certificates (
  id        {text} PRIMARY KEY,
  number    {text} NOT NULL,
  helper_id {text} NOT NULL,
  name      {text} NOT NULL,
  roll      {text} NOT NULL,
  place_id  {text} NOT NULL,
  path      {text} NOT NULL,
  place     {text} NOT NULL,
  since     {int}  NOT NULL,
  until     {int}  NOT NULL,
  minutes   {int}  NOT NULL,
  lines     {text} NOT NULL,
  issuer    {text} NOT NULL,
  contact   {text} NOT NULL,
  author    {text} NOT NULL,
  made      {int}  NOT NULL,
  nonce     {text} NOT NULL,
  hash      {text} NOT NULL,
  withdrawn {int}  NOT NULL,
  why       {text} NOT NULL,
  version   {int}  NOT NULL
);
CREATE UNIQUE INDEX certificates_number ON certificates (number);
CREATE UNIQUE INDEX certificates_hash ON certificates (hash);
CREATE INDEX certificates_helper ON certificates (helper_id);

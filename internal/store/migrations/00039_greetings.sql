-- Who greets whom every day, and how far it is today. next is when the clock looks again.

-- +goose Up
CREATE TABLE greetings (
  person_id   {text} PRIMARY KEY,
  place_id    {text} NOT NULL,
  path        {text} NOT NULL,
  first_id    {text} NOT NULL,
  second_id   {text} NOT NULL,
  chosen_by   {text} NOT NULL,
  since       {int}  NOT NULL,
  ended       {int}  NOT NULL,
  why         {text} NOT NULL,
  day         {text} NOT NULL,
  level       {int}  NOT NULL,
  outcome     {text} NOT NULL,
  how         {text} NOT NULL,
  greeted     {int}  NOT NULL,
  greeted_by  {text} NOT NULL,
  case_id     {text} NOT NULL,
  next        {int}  NOT NULL,
  version     {int}  NOT NULL
);
CREATE INDEX greetings_path ON greetings (path);
CREATE INDEX greetings_next ON greetings (next) WHERE next > 0;
CREATE INDEX greetings_first ON greetings (first_id);
CREATE INDEX greetings_second ON greetings (second_id);

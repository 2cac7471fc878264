-- Until when somebody's medicine lasts, so that its errand is opened in time. What the
-- medicine is lies sealed under purpose "needs", subject the plan.

-- +goose Up
CREATE TABLE doses (
  id        {text} PRIMARY KEY,
  person_id {text} NOT NULL,
  place_id  {text} NOT NULL,
  path      {text} NOT NULL,
  until     {int}  NOT NULL,
  lead      {int}  NOT NULL,
  keep      {int}  NOT NULL,
  reviewer  {text} NOT NULL,
  by_id     {text} NOT NULL,
  at        {int}  NOT NULL,
  case_id   {text} NOT NULL,
  ended     {int}  NOT NULL,
  why       {text} NOT NULL,
  forgotten {int}  NOT NULL,
  next      {int}  NOT NULL,
  said      {blob},
  version   {int}  NOT NULL
);
CREATE INDEX doses_path ON doses (path, ended);
CREATE INDEX doses_person ON doses (person_id, ended);
CREATE INDEX doses_next ON doses (next) WHERE next > 0;

-- Cases that were closed before anything was forgotten (00042) get the day on which what
-- was said of them is: a year after their end.
UPDATE cases SET next = closed + 31536000000 WHERE closed > 0 AND next = 0 AND forgotten = 0;

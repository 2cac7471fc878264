-- Points of a patrol: spots of the shared ground that somebody looks at once in every
-- turn of their hours. Who was there when stands in the journal alone. next is when the
-- clock looks whether somebody came.

-- +goose Up
CREATE TABLE points (
  id         {text} PRIMARY KEY,
  place_id   {text} NOT NULL,
  path       {text} NOT NULL,
  item       {text} NOT NULL,
  name       {text} NOT NULL,
  look       {text} NOT NULL,
  walk       {int}  NOT NULL,
  every      {int}  NOT NULL,
  day_from   {int}  NOT NULL,
  day_until  {int}  NOT NULL,
  made_by    {text} NOT NULL,
  since      {int}  NOT NULL,
  ended      {int}  NOT NULL,
  outcome    {text} NOT NULL,
  visited    {int}  NOT NULL,
  case_id    {text} NOT NULL,
  missed     {int}  NOT NULL,
  next       {int}  NOT NULL,
  version    {int}  NOT NULL
);
CREATE INDEX points_path ON points (path);
CREATE INDEX points_next ON points (next) WHERE next > 0;

-- What step 3 keeps of a helper beside what an imported roll said; exceptions that
-- a choice made by hand is; and the one-time codes by which somebody without an
-- account shows that a phone is theirs. Private phone, limits and guardian are sealed
-- under purpose "people", subject the helper.

-- +goose Up
DROP VIEW live_helpers;
ALTER TABLE helpers ADD COLUMN phone_seal {blob};
ALTER TABLE helpers ADD COLUMN phone_index {blob};
ALTER TABLE helpers ADD COLUMN limits_seal {blob};
ALTER TABLE helpers ADD COLUMN guardian_seal {blob};
ALTER TABLE helpers ADD COLUMN of_age {int} NOT NULL DEFAULT 0;
ALTER TABLE helpers ADD COLUMN guarded {int} NOT NULL DEFAULT 0;
ALTER TABLE helpers ADD COLUMN consent {int} NOT NULL DEFAULT 0;
ALTER TABLE helpers ADD COLUMN consent_to {text} NOT NULL DEFAULT '';
ALTER TABLE helpers ADD COLUMN organisation {text} NOT NULL DEFAULT '';
ALTER TABLE helpers ADD COLUMN person_id {text} NOT NULL DEFAULT '';
ALTER TABLE helpers ADD COLUMN joined {int} NOT NULL DEFAULT 0;
ALTER TABLE helpers ADD COLUMN departed {int} NOT NULL DEFAULT 0;
ALTER TABLE helpers ADD COLUMN recruited {text} NOT NULL DEFAULT '';
ALTER TABLE helpers ADD COLUMN available {text} NOT NULL DEFAULT '[]';
ALTER TABLE helpers ADD COLUMN last_asked {int} NOT NULL DEFAULT 0;
CREATE INDEX helpers_phone ON helpers (phone_index);
CREATE INDEX helpers_person ON helpers (person_id);
CREATE VIEW live_helpers AS SELECT * FROM helpers WHERE act NOT IN (SELECT id FROM acts WHERE pending);

ALTER TABLE pins ADD COLUMN overridden {bool} NOT NULL DEFAULT FALSE;

CREATE TABLE phone_codes (
  id       {text} PRIMARY KEY,
  purpose  {text} NOT NULL,
  place_id {text} NOT NULL,
  phone    {blob},
  hash     {blob},
  made     {int}  NOT NULL,
  until    {int}  NOT NULL,
  tries    {int}  NOT NULL,
  used     {int}  NOT NULL,
  version  {int}  NOT NULL
);
CREATE INDEX phone_codes_phone ON phone_codes (phone, made);

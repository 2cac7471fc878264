-- A helper's e-mail address, by which notices may reach them; sealed under purpose
-- "people", subject the helper, as their own phone is.

-- +goose Up
DROP VIEW live_helpers;
ALTER TABLE helpers ADD COLUMN mail_seal {blob};
CREATE VIEW live_helpers AS SELECT * FROM helpers WHERE act NOT IN (SELECT id FROM acts WHERE pending);

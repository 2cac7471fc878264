-- The keyed hash of the telephone that was left with a case, so that somebody who calls
-- a second time is known for it. None is kept of what was told in confidence, nor of
-- what is forgotten.

-- +goose Up
DROP VIEW live_cases;
ALTER TABLE cases ADD COLUMN phone_index {blob};
CREATE INDEX cases_phone ON cases (phone_index) WHERE phone_index IS NOT NULL AND closed = 0;
CREATE VIEW live_cases AS SELECT * FROM cases WHERE act NOT IN (SELECT id FROM acts WHERE pending);

-- What was said of a closed case is forgotten after its declared time: the key is
-- destroyed, and the row says when.

-- +goose Up
DROP VIEW live_cases;
ALTER TABLE cases ADD COLUMN forgotten {int} NOT NULL DEFAULT 0;
CREATE VIEW live_cases AS SELECT * FROM cases WHERE act NOT IN (SELECT id FROM acts WHERE pending);

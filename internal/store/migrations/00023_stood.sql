-- When somebody came to a shift while an emergency was in force; 0: nobody noted it.

-- +goose Up
DROP VIEW live_shifts;
ALTER TABLE shifts ADD COLUMN came {int} NOT NULL DEFAULT 0;
CREATE VIEW live_shifts AS SELECT * FROM shifts WHERE act NOT IN (SELECT id FROM acts WHERE pending);

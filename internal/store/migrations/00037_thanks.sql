-- Thanks may be for several helpers who did one thing together, and say what for: a
-- resident thanks whoever stood the watch without learning who that was.

-- +goose Up
ALTER TABLE thanks ADD COLUMN helpers {text} NOT NULL DEFAULT '[]';
ALTER TABLE thanks ADD COLUMN what {text} NOT NULL DEFAULT '{}';
UPDATE thanks SET helpers = '["' || helper_id || '"]' WHERE helper_id <> '';
ALTER TABLE thanks DROP COLUMN helper_id;

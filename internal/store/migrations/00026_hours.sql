-- What the captain of a team proposes for a stretch that was noted wrongly: whoever
-- keeps the roll decides.

-- +goose Up
ALTER TABLE services ADD COLUMN prop_since {int} NOT NULL DEFAULT 0;
ALTER TABLE services ADD COLUMN prop_until {int} NOT NULL DEFAULT 0;
ALTER TABLE services ADD COLUMN prop_by {text} NOT NULL DEFAULT '';
ALTER TABLE services ADD COLUMN prop_why {text} NOT NULL DEFAULT '';
ALTER TABLE services ADD COLUMN proposed {int} NOT NULL DEFAULT 0;
CREATE INDEX services_path ON services (path, since);
CREATE INDEX services_thing ON services (thing);

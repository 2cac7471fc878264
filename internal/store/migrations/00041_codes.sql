-- What a giver's phone showed lies sealed; in the clear stands a keyed mark of it, which
-- fits the mark of what the taker read and tells nobody the four digits.

-- +goose Up
ALTER TABLE halves ADD COLUMN shown {blob};
UPDATE halves SET code = '';

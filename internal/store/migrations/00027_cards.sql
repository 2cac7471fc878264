-- A household card can be taken back before it is used or ends.

-- +goose Up
ALTER TABLE phone_codes ADD COLUMN revoked {int} NOT NULL DEFAULT 0;

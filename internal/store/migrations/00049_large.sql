-- A household may ask that the code of its door opens the page with three large keys.

-- +goose Up
ALTER TABLE place_qr ADD COLUMN large {bool} NOT NULL DEFAULT FALSE;

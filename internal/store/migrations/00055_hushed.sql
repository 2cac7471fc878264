-- What was told in confidence is found by who may know of it, not among everything open.

-- +goose Up
CREATE INDEX cases_only ON cases (only_for, closed) WHERE only_for <> '';
CREATE INDEX cases_only_holder ON cases (holder, closed) WHERE only_for <> '';

-- Addresses under which a calendar program may ask for what is planned. Not part of the log, so not exported. Only the hash
-- of the secret in the address is kept.

CREATE TABLE feeds (
    number INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    hash BLOB NOT NULL UNIQUE,
    since_ms INTEGER NOT NULL,
    zone TEXT NOT NULL,
    detail INTEGER NOT NULL CHECK (detail IN (0, 1)),
    alarm_minutes INTEGER CHECK (alarm_minutes BETWEEN 0 AND 1440)
) STRICT;

PRAGMA user_version = 5;

-- What exchanging events between devices needs. None of it is part of the log, so none of it is exported.

-- Between one erasing of everything and the next: a device that still holds events of an earlier epoch is told so,
-- and they are not taken. `sweeping` is 1 while bytes of what was erased may still be in the file or beside it.
CREATE TABLE epoch (
    one INTEGER NOT NULL PRIMARY KEY CHECK (one = 1),
    id TEXT NOT NULL,
    sweeping INTEGER NOT NULL DEFAULT 0
) STRICT;

INSERT INTO epoch (one, id) VALUES (1, lower(hex(randomblob(16))));

-- A code that lets one device in, once. Only its hash is kept.
CREATE TABLE pairing_codes (
    hash BLOB NOT NULL PRIMARY KEY,
    expires_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Who was let in: the hash of what its cookie holds, and what the person calls it.
CREATE TABLE paired (
    number INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    hash BLOB NOT NULL UNIQUE,
    name TEXT NOT NULL,
    since_ms INTEGER NOT NULL
) STRICT;

PRAGMA user_version = 3;

-- What the oldest lines were read as, packed, so that a long log need not be read as text at every start. Made from the
-- lines, used only by the very program that made it, and dropped wherever lines get other rows: it can go at any time.

CREATE TABLE readings (
    -- The row of the last line; the first one comes after the last of the reading before.
    upto INTEGER NOT NULL PRIMARY KEY,
    program TEXT NOT NULL,
    sum INTEGER NOT NULL,
    packed BLOB NOT NULL
) STRICT;

PRAGMA user_version = 4;

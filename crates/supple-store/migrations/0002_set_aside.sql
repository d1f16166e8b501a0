-- Lines that no place in a series can be read from: kept byte for byte, in the order they came. The three columns
-- before the line say where it sorts: what its frame gives, or last.

CREATE TABLE set_aside (
    arrived INTEGER NOT NULL PRIMARY KEY,
    logical_ms INTEGER NOT NULL,
    device TEXT NOT NULL,
    seq INTEGER NOT NULL,
    line BLOB NOT NULL UNIQUE
) STRICT;

CREATE TRIGGER set_aside_never_changes BEFORE UPDATE ON set_aside
BEGIN
    SELECT RAISE(ABORT, 'the log is append-only: a line that cannot be read is kept as it is');
END;

CREATE TRIGGER set_aside_never_goes BEFORE DELETE ON set_aside
BEGIN
    SELECT RAISE(ABORT, 'the log is append-only: a line that cannot be read is kept');
END;

PRAGMA user_version = 2;

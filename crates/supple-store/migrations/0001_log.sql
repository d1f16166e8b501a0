-- The log: every event as the exact bytes of its line, and beside it the columns that are read from that line.

CREATE TABLE devices (
    id TEXT NOT NULL PRIMARY KEY
) STRICT, WITHOUT ROWID;

-- Which device's series this file continues.
CREATE TABLE this_file (
    one INTEGER NOT NULL PRIMARY KEY CHECK (one = 1),
    device TEXT NOT NULL REFERENCES devices (id)
) STRICT;

CREATE TABLE events (
    device TEXT NOT NULL REFERENCES devices (id),
    seq INTEGER NOT NULL CHECK (seq >= 1),
    id TEXT NOT NULL UNIQUE,
    logical_ms INTEGER NOT NULL,
    line TEXT NOT NULL,
    PRIMARY KEY (device, seq)
) STRICT;

CREATE INDEX events_in_fold_order ON events (logical_ms, device, seq);

CREATE TRIGGER events_never_change BEFORE UPDATE ON events
BEGIN
    SELECT RAISE(ABORT, 'the log is append-only: an event never changes; append a retraction and a new event');
END;

CREATE TRIGGER events_never_go BEFORE DELETE ON events
BEGIN
    SELECT RAISE(ABORT, 'the log is append-only: an event never goes; append a retraction');
END;

-- 'Supl', so that another program's file is never taken for a log.
PRAGMA application_id = 1400205420;
PRAGMA user_version = 1;

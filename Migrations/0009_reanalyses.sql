-- What emotion models are given, so that a speaker's later recordings can be compared with the earlier ones:
-- 32-bit floats, little-endian, NaN where a value is not measurable.
ALTER TABLE analysis ADD COLUMN feature_set TEXT;
ALTER TABLE analysis ADD COLUMN vector BLOB;

-- Lower numbers first: a recording that somebody waits for comes before a second look.
ALTER TABLE job ADD COLUMN priority INTEGER NOT NULL DEFAULT 0;
DROP INDEX job_open;
CREATE INDEX job_open ON job (priority, id) WHERE state IN ('waiting', 'leased');

-- A second look over the catalogue with a newer analyser. Each result is a further row of `analysis`.
CREATE TABLE reanalysis (
    id TEXT PRIMARY KEY,
    analyser TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('running', 'done', 'cancelled')),
    started_by TEXT NOT NULL,
    started_at INTEGER NOT NULL,
    ended_at INTEGER,
    -- Recordings to be measured, counted when it began.
    recording_count INTEGER NOT NULL,
    -- Recordings up to this id have had their job.
    position TEXT NOT NULL DEFAULT '',
    measured_count INTEGER NOT NULL DEFAULT 0,
    failed_count INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX reanalysis_running ON reanalysis (state) WHERE state = 'running';

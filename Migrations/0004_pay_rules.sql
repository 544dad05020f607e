-- Dated premiums, bounties, worked time and the pay floor, tiers. What was promised or paid is history and never changed.

-- The premium of a target for a while, with the figures that it was computed from. The newest row of a target counts.
CREATE TABLE scarcity_premium (
    id TEXT PRIMARY KEY,
    target TEXT NOT NULL REFERENCES target (id),
    rate_card INTEGER NOT NULL REFERENCES rate_card (number),
    language TEXT NOT NULL,
    accent TEXT NOT NULL,
    register TEXT NOT NULL,
    setting TEXT NOT NULL,
    emotion TEXT NOT NULL,
    wanted_seconds INTEGER NOT NULL CHECK (wanted_seconds >= 0),
    accepted_seconds INTEGER NOT NULL CHECK (accepted_seconds >= 0),
    -- Thousandths.
    factor INTEGER NOT NULL CHECK (factor >= 1000),
    valid_from INTEGER NOT NULL,
    valid_until INTEGER NOT NULL CHECK (valid_until > valid_from)
) STRICT, WITHOUT ROWID;
CREATE INDEX scarcity_premium_by_target ON scarcity_premium (target, id);
CREATE TRIGGER scarcity_premium_is_kept BEFORE UPDATE ON scarcity_premium
BEGIN SELECT RAISE(ABORT, 'a premium is immutable'); END;
CREATE TRIGGER scarcity_premium_is_never_deleted BEFORE DELETE ON scarcity_premium
BEGIN SELECT RAISE(ABORT, 'a premium is immutable'); END;

CREATE TABLE bounty (
    id TEXT PRIMARY KEY,
    buyer TEXT NOT NULL REFERENCES buyer (id),
    language TEXT NOT NULL,
    accent TEXT NOT NULL,
    register TEXT NOT NULL,
    setting TEXT NOT NULL,
    emotion TEXT NOT NULL,
    currency TEXT NOT NULL,
    amount INTEGER NOT NULL CHECK (amount > 0),
    per_hour INTEGER NOT NULL CHECK (per_hour >= 0),
    status TEXT NOT NULL CHECK (status IN ('open', 'closing', 'closed')),
    -- The transactions that funded it, that returned what was free when it was closed, and what was free later.
    entry TEXT NOT NULL UNIQUE,
    closing_entry TEXT UNIQUE,
    release_entry TEXT UNIQUE,
    created_at INTEGER NOT NULL,
    closed_at INTEGER
) STRICT, WITHOUT ROWID;
CREATE INDEX bounty_by_buyer ON bounty (buyer, id);
CREATE INDEX bounty_open ON bounty (status, language) WHERE status <> 'closed';
CREATE TRIGGER bounty_keeps_its_terms
BEFORE UPDATE OF id, buyer, language, accent, register, setting, emotion, currency, amount, per_hour, entry, created_at ON bounty
BEGIN SELECT RAISE(ABORT, 'a bounty keeps its terms'); END;
CREATE TRIGGER bounty_is_never_deleted BEFORE DELETE ON bounty
BEGIN SELECT RAISE(ABORT, 'a bounty is never deleted'); END;

-- What a quote froze, and what recordings under it that are not decided yet are taken for.
ALTER TABLE quote ADD COLUMN premium TEXT REFERENCES scarcity_premium (id);
ALTER TABLE quote ADD COLUMN bounty TEXT REFERENCES bounty (id);
ALTER TABLE quote ADD COLUMN bounty_per_hour INTEGER NOT NULL DEFAULT 0;
ALTER TABLE quote ADD COLUMN bounty_seconds INTEGER NOT NULL DEFAULT 0;
ALTER TABLE quote ADD COLUMN pending_milliseconds INTEGER NOT NULL DEFAULT 0;
CREATE INDEX quote_by_bounty ON quote (bounty, expires_at) WHERE bounty IS NOT NULL;

ALTER TABLE earning ADD COLUMN bounty INTEGER NOT NULL DEFAULT 0;

CREATE TABLE work_session (
    id TEXT PRIMARY KEY,
    contributor TEXT NOT NULL REFERENCES contributor (id),
    kind TEXT NOT NULL CHECK (kind IN ('recording', 'reviewing')),
    scenario TEXT REFERENCES scenario (id),
    elicitation TEXT,
    -- Whether it held speech of more than one elicitation, and so tells nothing of any.
    is_mixed INTEGER NOT NULL DEFAULT 0,
    started_at INTEGER NOT NULL,
    last_activity_at INTEGER NOT NULL,
    ended_at INTEGER,
    worked_milliseconds INTEGER NOT NULL DEFAULT 0 CHECK (worked_milliseconds >= 0),
    finished_milliseconds INTEGER NOT NULL DEFAULT 0 CHECK (finished_milliseconds >= 0)
) STRICT, WITHOUT ROWID;
CREATE INDEX work_session_by_contributor ON work_session (contributor, id);
CREATE INDEX work_session_open ON work_session (contributor, kind) WHERE ended_at IS NULL;
CREATE INDEX work_session_finished ON work_session (elicitation, ended_at, worked_milliseconds, finished_milliseconds)
WHERE ended_at IS NOT NULL AND kind = 'recording' AND is_mixed = 0 AND finished_milliseconds > 0;

-- Metered time of a session. A span grows while there is activity within the idle cut-off; only its end ever moves, and only on.
CREATE TABLE worked_span (
    session TEXT NOT NULL REFERENCES work_session (id),
    contributor TEXT NOT NULL REFERENCES contributor (id),
    from_at INTEGER NOT NULL,
    until_at INTEGER NOT NULL CHECK (until_at > from_at),
    PRIMARY KEY (session, from_at)
) STRICT, WITHOUT ROWID;
CREATE INDEX worked_span_by_contributor ON worked_span (contributor, until_at);
CREATE TRIGGER worked_span_only_grows BEFORE UPDATE ON worked_span
WHEN NEW.session <> OLD.session OR NEW.contributor <> OLD.contributor OR NEW.from_at <> OLD.from_at
    OR NEW.until_at < OLD.until_at
BEGIN SELECT RAISE(ABORT, 'worked time is never taken back'); END;
CREATE TRIGGER worked_span_is_never_deleted BEFORE DELETE ON worked_span
BEGIN SELECT RAISE(ABORT, 'worked time is never taken back'); END;

ALTER TABLE recording ADD COLUMN pending_milliseconds INTEGER NOT NULL DEFAULT 0;
ALTER TABLE recording ADD COLUMN work_session TEXT REFERENCES work_session (id);
CREATE INDEX recording_by_upload ON recording (contributor, created_at);

CREATE TABLE floor_run (
    id TEXT PRIMARY KEY,
    -- Null for the nightly run.
    admin TEXT,
    until INTEGER NOT NULL,
    started_at INTEGER NOT NULL,
    ended_at INTEGER
) STRICT, WITHOUT ROWID;

-- Earnings of worked time held against the pay floor: no moment of a person is in two periods.
CREATE TABLE floor_period (
    id TEXT PRIMARY KEY,
    run TEXT NOT NULL REFERENCES floor_run (id),
    contributor TEXT NOT NULL REFERENCES contributor (id),
    from_at INTEGER NOT NULL,
    until_at INTEGER NOT NULL CHECK (until_at > from_at),
    region TEXT,
    rate_card INTEGER NOT NULL REFERENCES rate_card (number),
    currency TEXT NOT NULL,
    worked_milliseconds INTEGER NOT NULL CHECK (worked_milliseconds >= 0),
    earned INTEGER NOT NULL,
    floor_per_hour INTEGER NOT NULL CHECK (floor_per_hour >= 0),
    top_up INTEGER NOT NULL CHECK (top_up >= 0),
    entry TEXT UNIQUE,
    closed_at INTEGER NOT NULL,
    UNIQUE (contributor, from_at)
) STRICT, WITHOUT ROWID;
CREATE INDEX floor_period_by_run ON floor_period (run, id);
CREATE TRIGGER floor_periods_never_overlap BEFORE INSERT ON floor_period
BEGIN
    SELECT RAISE(ABORT, 'a floor period is closed once')
    WHERE EXISTS (
        SELECT 1 FROM floor_period
        WHERE contributor = NEW.contributor AND from_at < NEW.until_at AND until_at > NEW.from_at);
END;
CREATE TRIGGER floor_period_is_kept BEFORE UPDATE ON floor_period
BEGIN SELECT RAISE(ABORT, 'a floor period is closed once'); END;
CREATE TRIGGER floor_period_is_never_deleted BEFORE DELETE ON floor_period
BEGIN SELECT RAISE(ABORT, 'a floor period is closed once'); END;

-- What was decided of each contributor's recordings, kept in step with them in the transactions that decide.
CREATE TABLE grade_record (
    contributor TEXT NOT NULL REFERENCES contributor (id),
    language TEXT NOT NULL,
    grade TEXT NOT NULL,
    recordings INTEGER NOT NULL CHECK (recordings >= 0),
    milliseconds INTEGER NOT NULL CHECK (milliseconds >= 0),
    PRIMARY KEY (contributor, language, grade)
) STRICT, WITHOUT ROWID;
INSERT INTO grade_record (contributor, language, grade, recordings, milliseconds)
SELECT contributor, language, grade, count(*), sum(coalesce(duration_ms, 0)) FROM recording
WHERE grade IS NOT NULL GROUP BY contributor, language, grade;

CREATE TABLE tier_change (
    sequence INTEGER PRIMARY KEY,
    contributor TEXT NOT NULL REFERENCES contributor (id),
    language TEXT NOT NULL,
    from_tier TEXT NOT NULL,
    to_tier TEXT NOT NULL CHECK (to_tier <> from_tier),
    at INTEGER NOT NULL,
    rate_card INTEGER NOT NULL REFERENCES rate_card (number),
    -- Null where it was earned.
    admin TEXT,
    reason TEXT NOT NULL,
    figures TEXT NOT NULL
) STRICT;
CREATE INDEX tier_change_by_contributor ON tier_change (contributor, language, sequence);
CREATE TRIGGER tier_change_is_kept BEFORE UPDATE ON tier_change BEGIN SELECT RAISE(ABORT, 'a tier change is history'); END;
CREATE TRIGGER tier_change_is_never_deleted BEFORE DELETE ON tier_change
BEGIN SELECT RAISE(ABORT, 'a tier change is history'); END;

-- The marketplace: people, prices, recordings, data sets, licences, payouts. Times are milliseconds since 1970 (UTC),
-- money is micros, durations of recordings are samples at a rate. The books stand in 0001.

CREATE TABLE signing_key (
    id TEXT PRIMARY KEY,
    seed BLOB NOT NULL CHECK (length(seed) = 32),
    public_key BLOB NOT NULL CHECK (length(public_key) = 32),
    created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE contributor (
    id TEXT PRIMARY KEY,
    region TEXT,
    created_at INTEGER NOT NULL,
    suspended_at INTEGER
) STRICT, WITHOUT ROWID;

-- Personal details, apart from everything else so that they can be erased alone.
CREATE TABLE contributor_profile (
    contributor TEXT PRIMARY KEY REFERENCES contributor (id),
    display_name TEXT,
    age_band TEXT,
    gender TEXT,
    payout_details TEXT,
    updated_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE contributor_language (
    contributor TEXT NOT NULL REFERENCES contributor (id),
    language TEXT NOT NULL,
    accent TEXT,
    tier TEXT NOT NULL DEFAULT 'novice' CHECK (tier IN ('novice', 'skilled', 'expert')),
    PRIMARY KEY (contributor, language)
) STRICT, WITHOUT ROWID;

CREATE TABLE buyer (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    suspended_at INTEGER
) STRICT, WITHOUT ROWID;

CREATE TABLE admin (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    created_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Bearer keys. Only the digest is kept; the prefix helps people to tell their keys apart.
CREATE TABLE access_key (
    id TEXT PRIMARY KEY,
    role TEXT NOT NULL CHECK (role IN ('contributor', 'buyer', 'admin')),
    owner TEXT NOT NULL,
    prefix TEXT NOT NULL,
    digest BLOB NOT NULL UNIQUE,
    label TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    last_used_at INTEGER,
    revoked_at INTEGER
) STRICT;
CREATE INDEX access_key_by_owner ON access_key (owner, id);

-- Cookies of the pages. A session ends with the key that opened it.
CREATE TABLE session (
    id TEXT PRIMARY KEY,
    digest BLOB NOT NULL UNIQUE,
    csrf_token TEXT NOT NULL,
    access_key TEXT NOT NULL REFERENCES access_key (id),
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    ended_at INTEGER
) STRICT;

-- Links that make the first admin, each good for one use.
CREATE TABLE setup_token (
    digest BLOB PRIMARY KEY,
    created_at INTEGER NOT NULL,
    used_at INTEGER
) STRICT, WITHOUT ROWID;

CREATE TABLE audit_entry (
    sequence INTEGER PRIMARY KEY,
    at INTEGER NOT NULL,
    actor TEXT NOT NULL,
    action TEXT NOT NULL,
    subject TEXT NOT NULL,
    detail TEXT NOT NULL
) STRICT;

-- The first answer to each keyed request, given again for ever.
CREATE TABLE idempotent_answer (
    principal TEXT NOT NULL,
    key TEXT NOT NULL,
    operation TEXT NOT NULL,
    body_sha256 BLOB NOT NULL,
    status INTEGER NOT NULL,
    fields TEXT NOT NULL,
    body BLOB NOT NULL,
    created_at INTEGER NOT NULL,
    PRIMARY KEY (principal, key)
) STRICT, WITHOUT ROWID;

CREATE TABLE consent_text (
    version TEXT PRIMARY KEY,
    body TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    published_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE consent (
    id TEXT PRIMARY KEY,
    contributor TEXT NOT NULL REFERENCES contributor (id),
    text_version TEXT NOT NULL REFERENCES consent_text (version),
    text_sha256 TEXT NOT NULL,
    granted_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX consent_by_contributor ON consent (contributor, id);

CREATE TABLE consent_purpose (
    consent TEXT NOT NULL REFERENCES consent (id),
    purpose TEXT NOT NULL,
    PRIMARY KEY (consent, purpose)
) STRICT, WITHOUT ROWID;

CREATE TABLE consent_withdrawal (
    consent TEXT PRIMARY KEY REFERENCES consent (id),
    withdrawn_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Grants and withdrawals are history: they are never changed.
CREATE TRIGGER consent_is_kept BEFORE UPDATE ON consent BEGIN SELECT RAISE(ABORT, 'consent is immutable'); END;
CREATE TRIGGER consent_is_never_deleted BEFORE DELETE ON consent BEGIN SELECT RAISE(ABORT, 'consent is immutable'); END;
CREATE TRIGGER consent_purpose_is_kept BEFORE UPDATE ON consent_purpose BEGIN SELECT RAISE(ABORT, 'consent is immutable'); END;
CREATE TRIGGER consent_purpose_is_never_deleted BEFORE DELETE ON consent_purpose
BEGIN SELECT RAISE(ABORT, 'consent is immutable'); END;

-- What each contributor grants now.
CREATE VIEW granted_purpose AS
SELECT DISTINCT consent.contributor, consent_purpose.purpose
FROM consent
JOIN consent_purpose ON consent_purpose.consent = consent.id
WHERE NOT EXISTS (SELECT 1 FROM consent_withdrawal WHERE consent_withdrawal.consent = consent.id);

CREATE TABLE rate_card (
    number INTEGER PRIMARY KEY,
    document TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    published_at INTEGER NOT NULL
) STRICT;
CREATE TRIGGER rate_card_is_kept BEFORE UPDATE ON rate_card BEGIN SELECT RAISE(ABORT, 'a rate card is immutable'); END;
CREATE TRIGGER rate_card_is_never_deleted BEFORE DELETE ON rate_card
BEGIN SELECT RAISE(ABORT, 'a rate card is immutable'); END;

CREATE TABLE scenario (
    id TEXT PRIMARY KEY,
    title TEXT NOT NULL,
    prompt TEXT NOT NULL,
    language TEXT NOT NULL,
    accent TEXT,
    register TEXT NOT NULL,
    setting TEXT NOT NULL,
    elicitation TEXT NOT NULL,
    emotion TEXT NOT NULL,
    suggested_seconds INTEGER NOT NULL,
    content_note TEXT,
    created_at INTEGER NOT NULL,
    retired_at INTEGER
) STRICT, WITHOUT ROWID;
CREATE INDEX scenario_by_language ON scenario (language, id);

-- Hours wanted of a cell; an empty text stands for any.
CREATE TABLE target (
    id TEXT PRIMARY KEY,
    language TEXT NOT NULL,
    accent TEXT NOT NULL DEFAULT '',
    register TEXT NOT NULL DEFAULT '',
    setting TEXT NOT NULL DEFAULT '',
    emotion TEXT NOT NULL DEFAULT '',
    wanted_seconds INTEGER NOT NULL CHECK (wanted_seconds >= 0),
    updated_at INTEGER NOT NULL,
    UNIQUE (language, accent, register, setting, emotion)
) STRICT;

-- Accepted speech by cell, kept in step with recordings in the transactions that accept and withdraw them.
CREATE TABLE accepted_cell (
    language TEXT NOT NULL,
    accent TEXT NOT NULL,
    register TEXT NOT NULL,
    setting TEXT NOT NULL,
    emotion TEXT NOT NULL,
    milliseconds INTEGER NOT NULL CHECK (milliseconds >= 0),
    PRIMARY KEY (language, accent, register, setting, emotion)
) STRICT, WITHOUT ROWID;

CREATE TABLE quote (
    id TEXT PRIMARY KEY,
    contributor TEXT NOT NULL REFERENCES contributor (id),
    rate_card INTEGER NOT NULL REFERENCES rate_card (number),
    language TEXT NOT NULL,
    accent TEXT,
    register TEXT NOT NULL,
    setting TEXT NOT NULL,
    elicitation TEXT NOT NULL,
    emotion TEXT NOT NULL,
    tier TEXT NOT NULL,
    currency TEXT NOT NULL,
    hourly_before_tier INTEGER NOT NULL,
    hourly INTEGER NOT NULL,
    seconds_max INTEGER NOT NULL CHECK (seconds_max > 0),
    used_milliseconds INTEGER NOT NULL DEFAULT 0,
    issued_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    -- What was signed: the payload, and its compact JWS.
    payload TEXT NOT NULL,
    jws TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX quote_by_contributor ON quote (contributor, id);

CREATE TABLE recording (
    id TEXT PRIMARY KEY,
    contributor TEXT NOT NULL REFERENCES contributor (id),
    quote TEXT NOT NULL REFERENCES quote (id),
    scenario TEXT REFERENCES scenario (id),
    sha256 TEXT NOT NULL,
    byte_count INTEGER NOT NULL,
    media_type TEXT NOT NULL,
    filename TEXT,
    status TEXT NOT NULL CHECK (status IN ('queued', 'analysing', 'accepted', 'rejected', 'withdrawn')),
    created_at INTEGER NOT NULL,
    -- Declared by its quote.
    language TEXT NOT NULL,
    accent TEXT,
    register TEXT NOT NULL,
    setting TEXT NOT NULL,
    elicitation TEXT NOT NULL,
    emotion TEXT NOT NULL,
    -- Known once decided.
    decided_at INTEGER,
    grade TEXT,
    reasons TEXT,
    sample_count INTEGER,
    sample_rate_hz INTEGER,
    duration_ms INTEGER,
    weight INTEGER,
    snr_db REAL,
    perceived_emotion TEXT,
    entry TEXT,
    withdrawn_at INTEGER,
    UNIQUE (contributor, sha256)
) STRICT, WITHOUT ROWID;
CREATE INDEX recording_by_contributor ON recording (contributor, id);
CREATE INDEX recording_by_status ON recording (status, id);
CREATE INDEX recording_by_quote ON recording (quote);
CREATE INDEX recording_by_sha256 ON recording (sha256);
CREATE INDEX recording_by_cell ON recording (status, language, emotion, register, setting, elicitation, contributor, duration_ms);

-- What the worker pool measured, by analyser version, so that a newer analyser changes nothing that was paid.
CREATE TABLE analysis (
    recording TEXT NOT NULL REFERENCES recording (id),
    analyser TEXT NOT NULL,
    measured_at INTEGER NOT NULL,
    -- JSON: format, quality, checks; features and emotion scores apart because they are long or absent.
    document TEXT NOT NULL,
    features TEXT,
    emotion TEXT,
    model TEXT,
    PRIMARY KEY (recording, analyser)
) STRICT, WITHOUT ROWID;

-- The lines of a recording's pay; the same sums stand in the books under `entry`.
CREATE TABLE earning (
    recording TEXT PRIMARY KEY REFERENCES recording (id),
    contributor TEXT NOT NULL REFERENCES contributor (id),
    entry TEXT NOT NULL UNIQUE,
    currency TEXT NOT NULL,
    base INTEGER NOT NULL,
    tier_premium INTEGER NOT NULL,
    quality_premium INTEGER NOT NULL,
    grade_factor INTEGER NOT NULL,
    tier_factor INTEGER NOT NULL,
    created_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Work for the pool. A job is leased for a while; a lease that runs out makes it free again.
CREATE TABLE job (
    id TEXT PRIMARY KEY,
    kind TEXT NOT NULL,
    subject TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('waiting', 'leased', 'done', 'failed')),
    attempts INTEGER NOT NULL DEFAULT 0,
    lease TEXT,
    leased_until INTEGER,
    created_at INTEGER NOT NULL,
    ended_at INTEGER,
    last_error TEXT,
    UNIQUE (kind, subject)
) STRICT, WITHOUT ROWID;
CREATE INDEX job_open ON job (state, id) WHERE state IN ('waiting', 'leased');

-- News of recordings, for event streams; `sequence` is the event's id.
CREATE TABLE recording_event (
    sequence INTEGER PRIMARY KEY AUTOINCREMENT,
    recording TEXT NOT NULL REFERENCES recording (id),
    at INTEGER NOT NULL,
    kind TEXT NOT NULL,
    data TEXT NOT NULL
) STRICT;
CREATE INDEX recording_event_by_recording ON recording_event (recording, sequence);

CREATE TABLE revocation (
    sequence INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    recording TEXT NOT NULL UNIQUE REFERENCES recording (id),
    sha256 TEXT NOT NULL,
    reason TEXT NOT NULL,
    revoked_at INTEGER NOT NULL,
    jws TEXT NOT NULL
) STRICT;

CREATE TABLE emotion_model (
    id TEXT PRIMARY KEY,
    sha256 TEXT NOT NULL UNIQUE,
    file BLOB NOT NULL,
    added_at INTEGER NOT NULL
) STRICT;

-- Which model scores, in order; the last row is in force, a null model means none.
CREATE TABLE model_activation (
    sequence INTEGER PRIMARY KEY,
    model TEXT REFERENCES emotion_model (id),
    activated_at INTEGER NOT NULL
) STRICT;

CREATE TABLE deposit (
    id TEXT PRIMARY KEY,
    buyer TEXT NOT NULL REFERENCES buyer (id),
    currency TEXT NOT NULL,
    amount INTEGER NOT NULL CHECK (amount > 0),
    reference TEXT NOT NULL,
    admin TEXT NOT NULL,
    entry TEXT NOT NULL UNIQUE,
    created_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX deposit_by_buyer ON deposit (buyer, id);

CREATE TABLE dataset (
    id TEXT PRIMARY KEY,
    buyer TEXT NOT NULL REFERENCES buyer (id),
    name TEXT NOT NULL,
    query TEXT NOT NULL,
    created_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX dataset_by_buyer ON dataset (buyer, id);

CREATE TABLE snapshot (
    id TEXT PRIMARY KEY,
    dataset TEXT NOT NULL REFERENCES dataset (id),
    version INTEGER NOT NULL,
    -- SHA-256 of the canonical list of members.
    sha256 TEXT NOT NULL,
    recording_count INTEGER NOT NULL,
    speaker_count INTEGER NOT NULL,
    duration_ms INTEGER NOT NULL,
    byte_count INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    UNIQUE (dataset, version)
) STRICT, WITHOUT ROWID;

-- Members in order, with everything that an export says of them, frozen.
CREATE TABLE snapshot_member (
    snapshot TEXT NOT NULL REFERENCES snapshot (id),
    n INTEGER NOT NULL,
    recording TEXT NOT NULL REFERENCES recording (id),
    contributor TEXT NOT NULL REFERENCES contributor (id),
    -- An opaque name of the speaker, the same in every snapshot of this data set's buyer.
    speaker TEXT NOT NULL,
    split TEXT NOT NULL CHECK (split IN ('train', 'validation', 'test')),
    sha256 TEXT NOT NULL,
    byte_count INTEGER NOT NULL,
    media_type TEXT NOT NULL,
    duration_ms INTEGER NOT NULL,
    weight INTEGER NOT NULL,
    -- Canonical JSON written into exports beside the audio.
    metadata TEXT NOT NULL,
    PRIMARY KEY (snapshot, n),
    UNIQUE (snapshot, recording)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER snapshot_is_kept BEFORE UPDATE ON snapshot BEGIN SELECT RAISE(ABORT, 'a snapshot is immutable'); END;
CREATE TRIGGER snapshot_member_is_kept BEFORE UPDATE ON snapshot_member BEGIN SELECT RAISE(ABORT, 'a snapshot is immutable'); END;

CREATE TABLE licence (
    id TEXT PRIMARY KEY,
    buyer TEXT NOT NULL REFERENCES buyer (id),
    snapshot TEXT NOT NULL REFERENCES snapshot (id),
    rate_card INTEGER NOT NULL REFERENCES rate_card (number),
    model_name TEXT NOT NULL,
    purpose TEXT NOT NULL,
    use_context TEXT NOT NULL,
    term TEXT NOT NULL,
    currency TEXT NOT NULL,
    fee INTEGER NOT NULL CHECK (fee > 0),
    royalties INTEGER NOT NULL,
    reviewers INTEGER NOT NULL,
    acquisition_fund INTEGER NOT NULL,
    operations INTEGER NOT NULL,
    entry TEXT NOT NULL UNIQUE,
    starts_at INTEGER NOT NULL,
    ends_at INTEGER,
    CHECK (royalties + reviewers + acquisition_fund + operations = fee)
) STRICT, WITHOUT ROWID;
CREATE INDEX licence_by_buyer ON licence (buyer, id);

-- Each recording's share of each licence.
CREATE TABLE royalty (
    licence TEXT NOT NULL REFERENCES licence (id),
    recording TEXT NOT NULL REFERENCES recording (id),
    contributor TEXT NOT NULL REFERENCES contributor (id),
    weight INTEGER NOT NULL,
    amount INTEGER NOT NULL CHECK (amount >= 0),
    PRIMARY KEY (licence, recording)
) STRICT, WITHOUT ROWID;
CREATE INDEX royalty_by_contributor ON royalty (contributor, licence);

-- Digests of exports, computed once: an export is the same bytes each time.
CREATE TABLE export_digest (
    licence TEXT NOT NULL REFERENCES licence (id),
    format TEXT NOT NULL,
    sha256 BLOB NOT NULL,
    byte_count INTEGER NOT NULL,
    PRIMARY KEY (licence, format)
) STRICT, WITHOUT ROWID;

CREATE TABLE payout_batch (
    id TEXT PRIMARY KEY,
    currency TEXT NOT NULL,
    admin TEXT NOT NULL,
    -- The file, made once: the same bytes on every download.
    csv BLOB NOT NULL,
    sha256 TEXT NOT NULL,
    created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE payout (
    id TEXT PRIMARY KEY,
    contributor TEXT NOT NULL REFERENCES contributor (id),
    currency TEXT NOT NULL,
    amount INTEGER NOT NULL CHECK (amount > 0),
    method TEXT NOT NULL,
    status TEXT NOT NULL CHECK (status IN ('requested', 'sent', 'settled', 'failed', 'returned', 'voided')),
    batch TEXT REFERENCES payout_batch (id),
    reason TEXT,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX payout_by_contributor ON payout (contributor, id);
CREATE INDEX payout_by_status ON payout (status, id);
CREATE INDEX payout_by_batch ON payout (batch);

-- Peer reviews, gold items, reliability, appeals, and the reviewers' share of licences. What was said, decided or paid is
-- history and never changed.

CREATE TABLE review_assignment (
    id TEXT PRIMARY KEY,
    recording TEXT NOT NULL REFERENCES recording (id),
    reviewer TEXT NOT NULL REFERENCES contributor (id),
    language TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('perception', 'gold', 'appeal')),
    rate_card INTEGER NOT NULL REFERENCES rate_card (number),
    currency TEXT NOT NULL,
    pay INTEGER NOT NULL CHECK (pay > 0),
    status TEXT NOT NULL CHECK (status IN ('open', 'done', 'skipped')),
    assigned_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL CHECK (expires_at > assigned_at),
    ended_at INTEGER,
    -- Nobody gets a recording twice, whatever became of the first time.
    UNIQUE (recording, reviewer)
) STRICT, WITHOUT ROWID;
CREATE INDEX review_assignment_open ON review_assignment (reviewer, language, expires_at) WHERE status = 'open';
CREATE TRIGGER review_assignment_is_of_others BEFORE INSERT ON review_assignment
WHEN (SELECT contributor FROM recording WHERE id = NEW.recording) IS NEW.reviewer
BEGIN SELECT RAISE(ABORT, 'nobody reviews their own recording'); END;
CREATE TRIGGER review_assignment_keeps_its_terms
BEFORE UPDATE OF id, recording, reviewer, language, kind, rate_card, currency, pay, assigned_at, expires_at ON review_assignment
BEGIN SELECT RAISE(ABORT, 'an assignment keeps its terms'); END;
CREATE TRIGGER review_assignment_ends_once BEFORE UPDATE OF status ON review_assignment WHEN OLD.status <> 'open'
BEGIN SELECT RAISE(ABORT, 'an assignment ends once'); END;
CREATE TRIGGER review_assignment_is_never_deleted BEFORE DELETE ON review_assignment
BEGIN SELECT RAISE(ABORT, 'an assignment is never deleted'); END;

CREATE TABLE review (
    id TEXT PRIMARY KEY,
    assignment TEXT NOT NULL UNIQUE REFERENCES review_assignment (id),
    recording TEXT NOT NULL REFERENCES recording (id),
    reviewer TEXT NOT NULL REFERENCES contributor (id),
    language TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('perception', 'gold', 'appeal')),
    usable INTEGER NOT NULL CHECK (usable IN (0, 1)),
    reasons TEXT NOT NULL,
    -- The top emotion, and all of them as a canonical JSON object of thousandths; null where it is not usable.
    emotion TEXT,
    emotions TEXT NOT NULL,
    arousal INTEGER CHECK (arousal BETWEEN 1 AND 9),
    valence INTEGER CHECK (valence BETWEEN 1 AND 9),
    dominance INTEGER CHECK (dominance BETWEEN 1 AND 9),
    currency TEXT NOT NULL,
    pay INTEGER NOT NULL CHECK (pay > 0),
    entry TEXT NOT NULL UNIQUE,
    created_at INTEGER NOT NULL,
    UNIQUE (recording, reviewer)
) STRICT, WITHOUT ROWID;
CREATE INDEX review_by_reviewer ON review (reviewer, id);
CREATE INDEX review_by_language ON review (language, kind, recording, reviewer, emotion);
CREATE TRIGGER review_is_of_others BEFORE INSERT ON review
WHEN (SELECT contributor FROM recording WHERE id = NEW.recording) IS NEW.reviewer
BEGIN SELECT RAISE(ABORT, 'nobody reviews their own recording'); END;
CREATE TRIGGER review_is_kept BEFORE UPDATE ON review BEGIN SELECT RAISE(ABORT, 'a review is immutable'); END;
CREATE TRIGGER review_is_never_deleted BEFORE DELETE ON review BEGIN SELECT RAISE(ABORT, 'a review is immutable'); END;

CREATE TABLE gold_item (
    id TEXT PRIMARY KEY,
    recording TEXT NOT NULL UNIQUE REFERENCES recording (id),
    language TEXT NOT NULL,
    -- Null where the right answer is that it can't be used.
    emotion TEXT,
    admin TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    retired_at INTEGER
) STRICT, WITHOUT ROWID;
CREATE INDEX gold_item_by_language ON gold_item (language, id) WHERE retired_at IS NULL;

-- What reviewers hear together, kept in step with reviews: how many there are (gold items apart), how many of them hear an
-- emotion, and with enough of those the emotion and the share of reviewers who agree, in thousandths.
ALTER TABLE recording ADD COLUMN review_count INTEGER NOT NULL DEFAULT 0;
ALTER TABLE recording ADD COLUMN heard_count INTEGER NOT NULL DEFAULT 0;
ALTER TABLE recording ADD COLUMN heard_emotion TEXT;
ALTER TABLE recording ADD COLUMN agreement INTEGER;
CREATE INDEX recording_to_review ON recording (language, review_count, id) WHERE status = 'accepted';

CREATE TABLE appeal (
    id TEXT PRIMARY KEY,
    recording TEXT NOT NULL UNIQUE REFERENCES recording (id),
    contributor TEXT NOT NULL REFERENCES contributor (id),
    language TEXT NOT NULL,
    text TEXT,
    rejected_for TEXT NOT NULL,
    -- The rules of the card that the recording was quoted under.
    days INTEGER NOT NULL,
    verdicts INTEGER NOT NULL CHECK (verdicts > 0),
    rules_grade TEXT NOT NULL,
    status TEXT NOT NULL CHECK (status IN ('open', 'granted', 'refused', 'withdrawn')),
    created_at INTEGER NOT NULL,
    decided_at INTEGER,
    -- Null for the reviewers.
    admin TEXT,
    grade TEXT,
    reasons TEXT,
    CHECK ((status = 'open') = (decided_at IS NULL))
) STRICT, WITHOUT ROWID;
CREATE INDEX appeal_by_status ON appeal (status, id);
CREATE TRIGGER appeal_keeps_what_was_asked
BEFORE UPDATE OF id, recording, contributor, language, text, rejected_for, days, verdicts, rules_grade, created_at ON appeal
BEGIN SELECT RAISE(ABORT, 'an appeal keeps what was asked'); END;
CREATE TRIGGER appeal_is_decided_once BEFORE UPDATE ON appeal WHEN OLD.status <> 'open'
BEGIN SELECT RAISE(ABORT, 'an appeal is decided once'); END;
CREATE TRIGGER appeal_is_never_deleted BEFORE DELETE ON appeal BEGIN SELECT RAISE(ABORT, 'an appeal is never deleted'); END;

-- Each reviewer's share of each licence.
CREATE TABLE review_royalty (
    licence TEXT NOT NULL REFERENCES licence (id),
    reviewer TEXT NOT NULL REFERENCES contributor (id),
    review_count INTEGER NOT NULL CHECK (review_count > 0),
    amount INTEGER NOT NULL CHECK (amount >= 0),
    PRIMARY KEY (licence, reviewer)
) STRICT, WITHOUT ROWID;
CREATE INDEX review_royalty_by_reviewer ON review_royalty (reviewer, licence);
CREATE TRIGGER review_royalty_is_kept BEFORE UPDATE ON review_royalty
BEGIN SELECT RAISE(ABORT, 'a royalty is immutable'); END;
CREATE TRIGGER review_royalty_is_never_deleted BEFORE DELETE ON review_royalty
BEGIN SELECT RAISE(ABORT, 'a royalty is immutable'); END;

-- Reliability and agreement as they were computed, batch by batch.
CREATE TABLE review_batch (
    id TEXT PRIMARY KEY,
    -- Null for the nightly one.
    admin TEXT,
    created_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE review_batch_language (
    batch TEXT NOT NULL REFERENCES review_batch (id),
    language TEXT NOT NULL,
    recording_count INTEGER NOT NULL,
    review_count INTEGER NOT NULL,
    -- Krippendorff's alpha; null where it is not defined.
    alpha REAL,
    PRIMARY KEY (batch, language)
) STRICT, WITHOUT ROWID;

CREATE TABLE review_batch_reliability (
    batch TEXT NOT NULL,
    language TEXT NOT NULL,
    contributor TEXT NOT NULL REFERENCES contributor (id),
    -- Thousandths.
    reliability INTEGER NOT NULL CHECK (reliability BETWEEN 0 AND 1000),
    review_count INTEGER NOT NULL,
    gold_count INTEGER NOT NULL,
    gold_correct INTEGER NOT NULL CHECK (gold_correct <= gold_count),
    PRIMARY KEY (batch, language, contributor),
    FOREIGN KEY (batch, language) REFERENCES review_batch_language (batch, language)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER review_batch_is_kept BEFORE UPDATE ON review_batch BEGIN SELECT RAISE(ABORT, 'a batch is immutable'); END;
CREATE TRIGGER review_batch_is_never_deleted BEFORE DELETE ON review_batch
BEGIN SELECT RAISE(ABORT, 'a batch is immutable'); END;
CREATE TRIGGER review_batch_language_is_kept BEFORE UPDATE ON review_batch_language
BEGIN SELECT RAISE(ABORT, 'a batch is immutable'); END;
CREATE TRIGGER review_batch_language_is_never_deleted BEFORE DELETE ON review_batch_language
BEGIN SELECT RAISE(ABORT, 'a batch is immutable'); END;
CREATE TRIGGER review_batch_reliability_is_kept BEFORE UPDATE ON review_batch_reliability
BEGIN SELECT RAISE(ABORT, 'a batch is immutable'); END;
CREATE TRIGGER review_batch_reliability_is_never_deleted BEFORE DELETE ON review_batch_reliability
BEGIN SELECT RAISE(ABORT, 'a batch is immutable'); END;

-- The newest of them for each reviewer and language.
CREATE TABLE reviewer_reliability (
    contributor TEXT NOT NULL REFERENCES contributor (id),
    language TEXT NOT NULL,
    reliability INTEGER NOT NULL CHECK (reliability BETWEEN 0 AND 1000),
    review_count INTEGER NOT NULL,
    gold_count INTEGER NOT NULL,
    gold_correct INTEGER NOT NULL,
    batch TEXT NOT NULL REFERENCES review_batch (id),
    updated_at INTEGER NOT NULL,
    PRIMARY KEY (contributor, language)
) STRICT, WITHOUT ROWID;

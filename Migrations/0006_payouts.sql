-- Payouts by method, batches of two admins, bank statuses, tax withheld, dormant balances.

-- How `payout_details` reads: null and 'manual' for plain text, another method for JSON.
ALTER TABLE contributor_profile ADD COLUMN payout_method TEXT;

-- Every change of payout details: the last one after the first starts the cooling-off.
CREATE TABLE payout_details_change (
    contributor TEXT NOT NULL REFERENCES contributor (id),
    n INTEGER NOT NULL,
    -- Null where they were taken back.
    method TEXT,
    changed_at INTEGER NOT NULL,
    PRIMARY KEY (contributor, n)
) STRICT, WITHOUT ROWID;
INSERT INTO payout_details_change (contributor, n, method, changed_at)
SELECT contributor, 0, 'manual', updated_at FROM contributor_profile WHERE payout_details IS NOT NULL;
CREATE TRIGGER payout_details_change_is_kept BEFORE UPDATE ON payout_details_change
BEGIN SELECT RAISE(ABORT, 'changes of payout details are history'); END;
CREATE TRIGGER payout_details_change_is_never_deleted BEFORE DELETE ON payout_details_change
BEGIN SELECT RAISE(ABORT, 'changes of payout details are history'); END;

ALTER TABLE payout ADD COLUMN not_before INTEGER;
ALTER TABLE payout ADD COLUMN tax INTEGER NOT NULL DEFAULT 0 CHECK (tax >= 0);
ALTER TABLE payout ADD COLUMN tax_jurisdiction TEXT;
ALTER TABLE payout ADD COLUMN taxable INTEGER NOT NULL DEFAULT 0 CHECK (taxable >= 0);
ALTER TABLE payout ADD COLUMN exempt INTEGER NOT NULL DEFAULT 0 CHECK (exempt >= 0);
ALTER TABLE payout ADD COLUMN accepted_at INTEGER;
CREATE INDEX payout_waiting ON payout (method, currency, id) WHERE status = 'requested' AND batch IS NULL;

-- Where a payout goes, apart from everything else so that it can be erased alone once the payout is over.
CREATE TABLE payout_destination (
    payout TEXT PRIMARY KEY REFERENCES payout (id),
    -- JSON.
    details TEXT NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO payout_destination (payout, details)
SELECT payout.id, json_quote(contributor_profile.payout_details)
FROM payout JOIN contributor_profile ON contributor_profile.contributor = payout.contributor
WHERE contributor_profile.payout_details IS NOT NULL;
CREATE TRIGGER payout_is_never_redirected BEFORE UPDATE ON payout_destination
BEGIN SELECT RAISE(ABORT, 'a payout is never redirected'); END;
CREATE TRIGGER payout_destination_is_kept_while_needed BEFORE DELETE ON payout_destination
WHEN (SELECT status FROM payout WHERE id = OLD.payout) IN ('requested', 'sent')
BEGIN SELECT RAISE(ABORT, 'a payout that is under way keeps its destination'); END;

ALTER TABLE payout_batch ADD COLUMN method TEXT NOT NULL DEFAULT 'manual';
ALTER TABLE payout_batch ADD COLUMN status TEXT NOT NULL DEFAULT 'approved'
    CHECK (status IN ('prepared', 'approved', 'cancelled'));
ALTER TABLE payout_batch ADD COLUMN payout_count INTEGER NOT NULL DEFAULT 0;
ALTER TABLE payout_batch ADD COLUMN total INTEGER NOT NULL DEFAULT 0;
ALTER TABLE payout_batch ADD COLUMN tax INTEGER NOT NULL DEFAULT 0;
ALTER TABLE payout_batch ADD COLUMN debtor TEXT;
-- Who approved or cancelled it. Batches from before two admins were needed have none.
ALTER TABLE payout_batch ADD COLUMN decided_by TEXT;
ALTER TABLE payout_batch ADD COLUMN decided_at INTEGER;
-- The file, made once: the same bytes on every download.
ALTER TABLE payout_batch ADD COLUMN file BLOB;
ALTER TABLE payout_batch ADD COLUMN file_sha256 TEXT;
ALTER TABLE payout_batch ADD COLUMN media_type TEXT;
UPDATE payout_batch SET
    file = csv, file_sha256 = sha256, media_type = 'text/csv; charset=utf-8', decided_at = created_at,
    payout_count = (SELECT count(*) FROM payout WHERE payout.batch = payout_batch.id),
    total = (SELECT coalesce(sum(amount), 0) FROM payout WHERE payout.batch = payout_batch.id);
ALTER TABLE payout_batch DROP COLUMN csv;
ALTER TABLE payout_batch DROP COLUMN sha256;

CREATE TRIGGER payout_batch_needs_two_admins BEFORE UPDATE ON payout_batch
WHEN NEW.status = 'approved' AND (NEW.decided_by IS NULL OR NEW.decided_by = OLD.admin OR NEW.admin <> OLD.admin)
BEGIN SELECT RAISE(ABORT, 'a batch is approved by another admin than prepared it'); END;
CREATE TRIGGER payout_batch_is_decided_once BEFORE UPDATE ON payout_batch WHEN OLD.status <> 'prepared'
BEGIN SELECT RAISE(ABORT, 'a batch is decided once'); END;
CREATE TRIGGER payout_batch_begins_prepared BEFORE INSERT ON payout_batch
WHEN NEW.status <> 'prepared' OR NEW.file IS NOT NULL OR NEW.decided_by IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a batch begins prepared'); END;
CREATE TRIGGER payout_batch_is_never_deleted BEFORE DELETE ON payout_batch
BEGIN SELECT RAISE(ABORT, 'a batch is never deleted'); END;

-- A payout is in one batch. It leaves a batch only by its cancellation, and joins only one that is not decided.
CREATE TRIGGER payout_is_in_one_batch BEFORE UPDATE OF batch ON payout WHEN NEW.batch IS NOT OLD.batch BEGIN
    SELECT RAISE(ABORT, 'a payout is in one batch')
    WHERE OLD.batch IS NOT NULL
        AND (NEW.batch IS NOT NULL OR (SELECT status FROM payout_batch WHERE id = OLD.batch) <> 'cancelled');
    SELECT RAISE(ABORT, 'a decided batch takes no payout')
    WHERE NEW.batch IS NOT NULL AND (SELECT status FROM payout_batch WHERE id = NEW.batch) <> 'prepared';
END;
CREATE TRIGGER payout_is_sent_when_approved BEFORE UPDATE OF status ON payout
WHEN NEW.status = 'sent' AND OLD.status IS NOT 'sent'
    AND (OLD.status <> 'requested' OR (SELECT status FROM payout_batch WHERE id = NEW.batch) IS NOT 'approved')
BEGIN SELECT RAISE(ABORT, 'a payout is sent once, in an approved batch'); END;
CREATE TRIGGER payout_keeps_its_amount BEFORE UPDATE OF id, contributor, currency, amount, method ON payout
BEGIN SELECT RAISE(ABORT, 'a payout keeps its amount'); END;
CREATE TRIGGER payout_keeps_its_tax BEFORE UPDATE OF tax, tax_jurisdiction, taxable, exempt ON payout
WHEN OLD.status <> 'requested'
BEGIN SELECT RAISE(ABORT, 'a payout that was sent keeps its tax'); END;

-- What the bank said, once for each payout and word.
CREATE TABLE payout_bank_status (
    payout TEXT NOT NULL REFERENCES payout (id),
    word TEXT NOT NULL CHECK (word IN ('accepted', 'settled', 'rejected', 'returned')),
    reason TEXT,
    fee INTEGER NOT NULL DEFAULT 0 CHECK (fee >= 0),
    admin TEXT NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (payout, word)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER payout_bank_status_is_kept BEFORE UPDATE ON payout_bank_status
BEGIN SELECT RAISE(ABORT, 'what the bank said is history'); END;
CREATE TRIGGER payout_bank_status_is_never_deleted BEFORE DELETE ON payout_bank_status
BEGIN SELECT RAISE(ABORT, 'what the bank said is history'); END;

CREATE TABLE tax_remittance (
    id TEXT PRIMARY KEY,
    jurisdiction TEXT NOT NULL,
    currency TEXT NOT NULL,
    amount INTEGER NOT NULL CHECK (amount > 0),
    reference TEXT NOT NULL,
    admin TEXT NOT NULL,
    entry TEXT NOT NULL UNIQUE,
    created_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TRIGGER tax_remittance_is_kept BEFORE UPDATE ON tax_remittance
BEGIN SELECT RAISE(ABORT, 'a remittance is immutable'); END;
CREATE TRIGGER tax_remittance_is_never_deleted BEFORE DELETE ON tax_remittance
BEGIN SELECT RAISE(ABORT, 'a remittance is immutable'); END;

-- Balances that nobody asked for. At most one notice of a contributor is open.
CREATE TABLE dormant_balance (
    id TEXT PRIMARY KEY,
    contributor TEXT NOT NULL REFERENCES contributor (id),
    status TEXT NOT NULL CHECK (status IN ('noticed', 'lapsed', 'set-aside', 'reclaimed')),
    currency TEXT NOT NULL,
    amount INTEGER NOT NULL CHECK (amount > 0),
    noticed_at INTEGER NOT NULL,
    due_at INTEGER NOT NULL,
    entry TEXT,
    updated_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX dormant_balance_notice ON dormant_balance (contributor) WHERE status = 'noticed';
CREATE INDEX dormant_balance_by_contributor ON dormant_balance (contributor, id);
CREATE INDEX dormant_balance_due ON dormant_balance (due_at) WHERE status = 'noticed';
CREATE TRIGGER dormant_balance_moves_on BEFORE UPDATE ON dormant_balance
WHEN NOT (OLD.status = 'noticed' AND NEW.status IN ('lapsed', 'set-aside') OR OLD.status = 'set-aside' AND NEW.status = 'reclaimed')
BEGIN SELECT RAISE(ABORT, 'a dormant balance moves on only'); END;

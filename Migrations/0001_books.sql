-- The books. A transaction is written postings first; its row in `txn` comes last and seals it. Whatever a program does
-- wrong, COMMIT fails rather than keep half an entry: postings without their seal break a deferred foreign key.
-- Every rule is a RAISE in a trigger, because INSERT OR IGNORE and OR REPLACE reach past constraints, even into triggers.

CREATE TABLE account (
    id INTEGER PRIMARY KEY,
    path TEXT NOT NULL,
    currency TEXT NOT NULL CHECK (currency GLOB '[A-Z][A-Z][A-Z]'),
    -- The fold of the account's postings in micros; debits are positive.
    balance INTEGER NOT NULL DEFAULT 0,
    -- The posting that moved the balance last.
    last_txn INTEGER,
    last_n INTEGER,
    kind TEXT NOT NULL GENERATED ALWAYS AS (substr(path, 1, instr(path, ':') - 1)) VIRTUAL,
    -- What is held for others is never overdrawn.
    has_floor INTEGER NOT NULL GENERATED ALWAYS AS (
        path GLOB 'liabilities:contributor:*' OR path GLOB 'liabilities:buyer:*' OR path GLOB 'liabilities:bounty:*'
        OR path IN ('liabilities:payouts-in-transit', 'liabilities:acquisition-fund')
    ) VIRTUAL,
    UNIQUE (path, currency),
    CONSTRAINT kind CHECK (kind IN ('assets', 'liabilities', 'revenue', 'expenses', 'equity')),
    CONSTRAINT floor CHECK (balance <= 0 OR NOT has_floor)
) STRICT;

-- The log: `sequence` counts from 1 without a gap.
CREATE TABLE txn (
    sequence INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL,
    occurred_at INTEGER NOT NULL,
    description TEXT NOT NULL,
    idempotency_key TEXT NOT NULL UNIQUE,
    corrects TEXT REFERENCES txn (id),
    -- A canonical JSON object of texts.
    metadata TEXT NOT NULL,
    -- SHA-256 of the whole transaction with its postings: its leaf in the log.
    leaf BLOB NOT NULL CHECK (length(leaf) = 32)
) STRICT;

CREATE TABLE posting (
    txn INTEGER NOT NULL REFERENCES txn (sequence) DEFERRABLE INITIALLY DEFERRED,
    n INTEGER NOT NULL,
    account INTEGER NOT NULL REFERENCES account (id),
    -- Micros; debits are positive.
    amount INTEGER NOT NULL,
    -- The same as in `txn`, for statements.
    occurred_at INTEGER NOT NULL,
    PRIMARY KEY (txn, n),
    CONSTRAINT amount CHECK (amount <> 0)
) STRICT, WITHOUT ROWID;
CREATE INDEX posting_by_account ON posting (account, occurred_at, txn, n, amount);

CREATE TRIGGER account_opens_empty BEFORE INSERT ON account BEGIN
    SELECT RAISE(ABORT, 'an account opens empty') WHERE NEW.balance <> 0 OR NEW.last_txn IS NOT NULL OR NEW.last_n IS NOT NULL;
    SELECT RAISE(ABORT, 'an account opens once')
    WHERE EXISTS (SELECT 1 FROM account WHERE id = NEW.id)
        OR EXISTS (SELECT 1 FROM account WHERE path = NEW.path AND currency = NEW.currency);
END;

CREATE TRIGGER account_is_kept BEFORE UPDATE OF id, path, currency ON account
BEGIN SELECT RAISE(ABORT, 'an account keeps its name'); END;

CREATE TRIGGER account_is_never_deleted BEFORE DELETE ON account
BEGIN SELECT RAISE(ABORT, 'an account is never deleted'); END;

-- A balance moves by one posting of a transaction that is still open, and by nothing else.
CREATE TRIGGER balance_follows_postings BEFORE UPDATE OF balance, last_txn, last_n ON account
WHEN (NEW.last_txn IS OLD.last_txn AND NEW.last_n IS OLD.last_n)
    OR EXISTS (SELECT 1 FROM txn WHERE sequence = NEW.last_txn)
    OR NOT EXISTS (
        SELECT 1 FROM posting
        WHERE txn = NEW.last_txn AND n = NEW.last_n AND account = NEW.id AND amount = NEW.balance - OLD.balance)
BEGIN SELECT RAISE(ABORT, 'a balance moves by postings only'); END;

CREATE TRIGGER posting_comes_before_its_seal BEFORE INSERT ON posting BEGIN
    SELECT RAISE(ABORT, 'late posting') WHERE EXISTS (SELECT 1 FROM txn WHERE sequence = NEW.txn);
    SELECT RAISE(ABORT, 'a posting is written once') WHERE EXISTS (SELECT 1 FROM posting WHERE txn = NEW.txn AND n = NEW.n);
    SELECT RAISE(ABORT, 'unknown account') WHERE NOT EXISTS (SELECT 1 FROM account WHERE id = NEW.account);
    SELECT RAISE(ABORT, 'floor') FROM account WHERE id = NEW.account AND has_floor AND balance + NEW.amount > 0;
END;

CREATE TRIGGER posting_moves_balance AFTER INSERT ON posting BEGIN
    UPDATE account SET balance = balance + NEW.amount, last_txn = NEW.txn, last_n = NEW.n WHERE id = NEW.account;
END;

CREATE TRIGGER posting_is_kept BEFORE UPDATE ON posting BEGIN SELECT RAISE(ABORT, 'the books are append-only'); END;
CREATE TRIGGER posting_is_never_deleted BEFORE DELETE ON posting BEGIN SELECT RAISE(ABORT, 'the books are append-only'); END;

CREATE TRIGGER txn_seals_a_balance BEFORE INSERT ON txn BEGIN
    SELECT RAISE(ABORT, 'out of sequence') WHERE NEW.sequence IS NOT (SELECT coalesce(max(sequence), 0) + 1 FROM txn);
    SELECT RAISE(ABORT, 'duplicate id') WHERE EXISTS (SELECT 1 FROM txn WHERE id = NEW.id);
    SELECT RAISE(ABORT, 'duplicate idempotency key')
    WHERE EXISTS (SELECT 1 FROM txn WHERE idempotency_key = NEW.idempotency_key);
    SELECT CASE
        WHEN count(*) < 2 THEN RAISE(ABORT, 'too few postings')
        WHEN count(DISTINCT account.currency) > 1 THEN RAISE(ABORT, 'mixed currencies')
        WHEN sum(posting.amount) <> 0 THEN RAISE(ABORT, 'unbalanced')
        WHEN min(posting.occurred_at) <> NEW.occurred_at OR max(posting.occurred_at) <> NEW.occurred_at
            THEN RAISE(ABORT, 'postings of another time')
        WHEN min(posting.n) <> 0 OR max(posting.n) <> count(*) - 1 THEN RAISE(ABORT, 'postings are numbered from 0')
    END
    FROM posting JOIN account ON account.id = posting.account WHERE posting.txn = NEW.sequence;
END;

CREATE TRIGGER txn_is_kept BEFORE UPDATE ON txn BEGIN SELECT RAISE(ABORT, 'the books are append-only'); END;
CREATE TRIGGER txn_is_never_deleted BEFORE DELETE ON txn BEGIN SELECT RAISE(ABORT, 'the books are append-only'); END;

-- The double-entry books. Amounts are micros, debit positive, credit negative. Postings go in first, the row of the
-- transaction last as their seal; the deferred key makes a COMMIT without the seal fail. Nothing is ever changed or
-- removed: a correction is a new transaction that names the old one.

CREATE TABLE account (
    path TEXT NOT NULL,
    currency TEXT NOT NULL CHECK (length(currency) = 3),
    -- A floor account owes or holds somebody's money: its credit balance never crosses zero.
    is_floor INTEGER NOT NULL CHECK (is_floor IN (0, 1)),
    -- The fold of its postings, kept by a trigger, recomputed by `ledger verify`.
    balance INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (path, currency),
    CHECK (is_floor = 0 OR balance <= 0)
) STRICT, WITHOUT ROWID;

CREATE TABLE txn (
    id TEXT PRIMARY KEY,
    kind TEXT NOT NULL,
    currency TEXT NOT NULL,
    occurred_at INTEGER NOT NULL,
    description TEXT NOT NULL,
    -- What it is about, such as the id of a recording or licence.
    subject TEXT NOT NULL,
    -- The effect's own name: at most one effect for each, for ever.
    idempotency_key TEXT NOT NULL UNIQUE,
    corrects TEXT REFERENCES txn (id)
) STRICT, WITHOUT ROWID;

CREATE TABLE posting (
    txn TEXT NOT NULL REFERENCES txn (id) DEFERRABLE INITIALLY DEFERRED,
    n INTEGER NOT NULL,
    account TEXT NOT NULL,
    currency TEXT NOT NULL,
    amount INTEGER NOT NULL CHECK (amount <> 0),
    PRIMARY KEY (txn, n),
    FOREIGN KEY (account, currency) REFERENCES account (path, currency)
) STRICT, WITHOUT ROWID;
CREATE INDEX posting_by_account ON posting (account, currency, txn);

CREATE TRIGGER posting_moves_balance AFTER INSERT ON posting
BEGIN
    UPDATE account SET balance = balance + NEW.amount WHERE path = NEW.account AND currency = NEW.currency;
END;

CREATE TRIGGER posting_is_not_late BEFORE INSERT ON posting
WHEN EXISTS (SELECT 1 FROM txn WHERE id = NEW.txn)
BEGIN SELECT RAISE(ABORT, 'ledger: the transaction is sealed'); END;

CREATE TRIGGER txn_seals BEFORE INSERT ON txn
BEGIN
    SELECT RAISE(ABORT, 'ledger: fewer than two postings') WHERE (SELECT count(*) FROM posting WHERE txn = NEW.id) < 2;
    SELECT RAISE(ABORT, 'ledger: mixed currencies')
    WHERE EXISTS (SELECT 1 FROM posting WHERE txn = NEW.id AND currency <> NEW.currency);
    SELECT RAISE(ABORT, 'ledger: unbalanced') WHERE (SELECT sum(amount) FROM posting WHERE txn = NEW.id) <> 0;
END;

CREATE TRIGGER posting_is_kept BEFORE UPDATE ON posting BEGIN SELECT RAISE(ABORT, 'ledger: append only'); END;
CREATE TRIGGER posting_is_never_deleted BEFORE DELETE ON posting BEGIN SELECT RAISE(ABORT, 'ledger: append only'); END;
CREATE TRIGGER txn_is_kept BEFORE UPDATE ON txn BEGIN SELECT RAISE(ABORT, 'ledger: append only'); END;
CREATE TRIGGER txn_is_never_deleted BEFORE DELETE ON txn BEGIN SELECT RAISE(ABORT, 'ledger: append only'); END;
CREATE TRIGGER account_is_never_deleted BEFORE DELETE ON account BEGIN SELECT RAISE(ABORT, 'ledger: append only'); END;
CREATE TRIGGER account_keeps_its_floor BEFORE UPDATE OF path, currency, is_floor ON account
BEGIN SELECT RAISE(ABORT, 'ledger: append only'); END;

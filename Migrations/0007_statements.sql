-- Refunds, credit and what is owed. The sums stand in the books under `entry`; these rows say who, why and how much.

-- How a licence was paid: from prepaid funds, or owed by an admin's leave.
ALTER TABLE licence ADD COLUMN payment TEXT NOT NULL DEFAULT 'prepaid' CHECK (payment IN ('prepaid', 'receivable'));

-- A licence whose fee was given back, whole or in part; it ends with it, once.
CREATE TABLE licence_refund (
    licence TEXT PRIMARY KEY REFERENCES licence (id),
    kind TEXT NOT NULL CHECK (kind IN ('refund', 'chargeback')),
    currency TEXT NOT NULL,
    amount INTEGER NOT NULL CHECK (amount > 0),
    reason TEXT NOT NULL,
    admin TEXT NOT NULL,
    entry TEXT NOT NULL UNIQUE,
    created_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TRIGGER licence_refund_is_kept BEFORE UPDATE ON licence_refund BEGIN SELECT RAISE(ABORT, 'a refund is immutable'); END;
CREATE TRIGGER licence_refund_is_never_deleted BEFORE DELETE ON licence_refund
BEGIN SELECT RAISE(ABORT, 'a refund is immutable'); END;

-- How much a buyer may owe; the newest row is in force.
CREATE TABLE buyer_credit (
    sequence INTEGER PRIMARY KEY,
    buyer TEXT NOT NULL REFERENCES buyer (id),
    currency TEXT NOT NULL,
    amount INTEGER NOT NULL CHECK (amount >= 0),
    admin TEXT NOT NULL,
    created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX buyer_credit_by_buyer ON buyer_credit (buyer, sequence);
CREATE TRIGGER buyer_credit_is_kept BEFORE UPDATE ON buyer_credit BEGIN SELECT RAISE(ABORT, 'a credit is immutable'); END;
CREATE TRIGGER buyer_credit_is_never_deleted BEFORE DELETE ON buyer_credit
BEGIN SELECT RAISE(ABORT, 'a credit is immutable'); END;

-- How what was owed for a licence came to its end.
CREATE TABLE receivable_settlement (
    licence TEXT PRIMARY KEY REFERENCES licence (id),
    kind TEXT NOT NULL CHECK (kind IN ('payment', 'write-off')),
    currency TEXT NOT NULL,
    amount INTEGER NOT NULL CHECK (amount > 0),
    -- The bank's reference of a payment, the reason of a write-off.
    note TEXT NOT NULL,
    admin TEXT NOT NULL,
    entry TEXT NOT NULL UNIQUE,
    created_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TRIGGER receivable_settlement_is_kept BEFORE UPDATE ON receivable_settlement
BEGIN SELECT RAISE(ABORT, 'a settlement is immutable'); END;
CREATE TRIGGER receivable_settlement_is_never_deleted BEFORE DELETE ON receivable_settlement
BEGIN SELECT RAISE(ABORT, 'a settlement is immutable'); END;

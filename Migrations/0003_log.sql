-- The transparency log: a Merkle tree (RFC 9162) over every transaction of the books and every audit entry, and the heads
-- that were signed. Rows are written in the transaction that writes what they stand for, and never change.

-- The log's name, and the secret that salts what its leaves hide.
CREATE TABLE log_origin (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    name TEXT NOT NULL,
    secret BLOB NOT NULL CHECK (length(secret) = 32)
) STRICT;

CREATE TABLE log_leaf (
    -- Counts from 0 without a gap.
    position INTEGER PRIMARY KEY,
    -- What the leaf stands for: one of the two.
    txn INTEGER REFERENCES txn (sequence),
    audit_entry INTEGER REFERENCES audit_entry (sequence),
    -- Hashes of the full subtrees that end with this leaf, 32 bytes a level: first the leaf's own.
    nodes BLOB NOT NULL CHECK (length(nodes) >= 32 AND length(nodes) % 32 = 0),
    CHECK ((txn IS NULL) <> (audit_entry IS NULL))
) STRICT;
CREATE UNIQUE INDEX log_leaf_by_txn ON log_leaf (txn) WHERE txn IS NOT NULL;
CREATE UNIQUE INDEX log_leaf_by_audit_entry ON log_leaf (audit_entry) WHERE audit_entry IS NOT NULL;

CREATE TABLE log_head (
    -- Number of leaves.
    size INTEGER PRIMARY KEY CHECK (size > 0),
    root BLOB NOT NULL CHECK (length(root) = 32),
    -- The signed note (C2SP tlog-checkpoint).
    note TEXT NOT NULL,
    signed_at INTEGER NOT NULL
) STRICT;

CREATE TRIGGER log_origin_is_kept BEFORE UPDATE ON log_origin BEGIN SELECT RAISE(ABORT, 'the log keeps its name'); END;
CREATE TRIGGER log_origin_is_never_deleted BEFORE DELETE ON log_origin BEGIN SELECT RAISE(ABORT, 'the log keeps its name'); END;

CREATE TRIGGER log_leaf_comes_next BEFORE INSERT ON log_leaf BEGIN
    SELECT RAISE(ABORT, 'out of sequence')
    WHERE NEW.position IS NOT (SELECT coalesce(max(position), -1) + 1 FROM log_leaf);
END;
CREATE TRIGGER log_leaf_is_kept BEFORE UPDATE ON log_leaf BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END;
CREATE TRIGGER log_leaf_is_never_deleted BEFORE DELETE ON log_leaf BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END;

CREATE TRIGGER log_head_grows BEFORE INSERT ON log_head BEGIN
    SELECT RAISE(ABORT, 'a head grows') WHERE EXISTS (SELECT 1 FROM log_head WHERE size >= NEW.size);
    SELECT RAISE(ABORT, 'a head of leaves that are not there')
    WHERE NEW.size IS NOT (SELECT coalesce(max(position), -1) + 1 FROM log_leaf);
END;
CREATE TRIGGER log_head_is_kept BEFORE UPDATE ON log_head BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END;
CREATE TRIGGER log_head_is_never_deleted BEFORE DELETE ON log_head BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END;

-- The log holds of an entry's detail only a salted hash: once salt and detail are erased, nobody can tell what it was.
ALTER TABLE audit_entry ADD COLUMN salt BLOB;
ALTER TABLE audit_entry ADD COLUMN detail_hash BLOB;

CREATE TRIGGER audit_entry_is_salted BEFORE INSERT ON audit_entry BEGIN
    SELECT RAISE(ABORT, 'an audit entry is salted')
    WHERE length(NEW.salt) IS NOT 16 OR length(NEW.detail_hash) IS NOT 32;
END;
-- Two changes are allowed: entries older than the log get their salt, and a detail is erased with its salt.
CREATE TRIGGER audit_entry_is_kept BEFORE UPDATE ON audit_entry
WHEN NEW.sequence IS NOT OLD.sequence OR NEW.at IS NOT OLD.at OR NEW.actor IS NOT OLD.actor
    OR NEW.action IS NOT OLD.action OR NEW.subject IS NOT OLD.subject
    OR NOT (
        (NEW.detail = '' AND NEW.salt IS NULL AND NEW.detail_hash IS OLD.detail_hash AND OLD.detail_hash IS NOT NULL)
        OR (NEW.detail IS OLD.detail AND OLD.detail_hash IS NULL AND length(NEW.salt) = 16 AND length(NEW.detail_hash) = 32))
BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;
CREATE TRIGGER audit_entry_is_never_deleted BEFORE DELETE ON audit_entry
BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;

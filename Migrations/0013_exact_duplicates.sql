-- The same sound in another file is the same recording: SHA-256 of the canonical samples (docs/decisions/0024).
CREATE TABLE canonical_hash (
    recording TEXT PRIMARY KEY REFERENCES recording (id),
    -- Hashes of different versions can't be compared.
    version INTEGER NOT NULL,
    sha256 TEXT NOT NULL CHECK (length(sha256) = 64)
) STRICT, WITHOUT ROWID;
CREATE INDEX canonical_hash_value ON canonical_hash (sha256, version);

-- It comes out of the voice as the print does, and goes when that goes.
CREATE TRIGGER canonical_hash_goes_with_erased_features AFTER UPDATE OF features ON analysis
WHEN OLD.features IS NOT NULL AND NEW.features IS NULL
BEGIN
    DELETE FROM canonical_hash WHERE recording = NEW.recording
        AND NOT EXISTS (SELECT 1 FROM analysis WHERE analysis.recording = NEW.recording AND analysis.features IS NOT NULL);
END;
CREATE TRIGGER canonical_hash_goes_with_deleted_features AFTER DELETE ON analysis
BEGIN
    DELETE FROM canonical_hash WHERE recording = OLD.recording
        AND NOT EXISTS (SELECT 1 FROM analysis WHERE analysis.recording = OLD.recording AND analysis.features IS NOT NULL);
END;

-- What stands out in a recording, for a person to look at. It decides nothing.
CREATE TABLE quality_flag (
    recording TEXT NOT NULL REFERENCES recording (id),
    code TEXT NOT NULL,
    found_at INTEGER NOT NULL,
    PRIMARY KEY (recording, code)
) STRICT, WITHOUT ROWID;

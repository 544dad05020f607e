-- What a recording sounds like, so that nobody is paid twice for one: sub-prints of 32 bits, little-endian (docs/decisions/0015).
CREATE TABLE recording_print (
    recording TEXT PRIMARY KEY REFERENCES recording (id),
    -- Prints of different versions can't be compared.
    version INTEGER NOT NULL,
    print BLOB NOT NULL CHECK (length(print) > 0 AND length(print) % 4 = 0)
) STRICT, WITHOUT ROWID;

-- A print comes out of the voice as the features do, and goes when they go.
CREATE TRIGGER recording_print_goes_with_erased_features AFTER UPDATE OF features ON analysis
WHEN OLD.features IS NOT NULL AND NEW.features IS NULL
BEGIN
    DELETE FROM recording_print WHERE recording = NEW.recording
        AND NOT EXISTS (SELECT 1 FROM analysis WHERE analysis.recording = NEW.recording AND analysis.features IS NOT NULL);
END;
CREATE TRIGGER recording_print_goes_with_deleted_features AFTER DELETE ON analysis
BEGIN
    DELETE FROM recording_print WHERE recording = OLD.recording
        AND NOT EXISTS (SELECT 1 FROM analysis WHERE analysis.recording = OLD.recording AND analysis.features IS NOT NULL);
END;

-- Recordings that are nearly the same as an earlier one.
CREATE TABLE resemblance (
    recording TEXT NOT NULL REFERENCES recording (id),
    earlier TEXT NOT NULL REFERENCES recording (id),
    -- Share of differing bits in thousandths: 0 is the same, 500 nothing alike.
    bit_error INTEGER NOT NULL CHECK (bit_error BETWEEN 0 AND 1000),
    -- Whether the earlier one is another contributor's: for a person to look at.
    is_foreign INTEGER NOT NULL CHECK (is_foreign IN (0, 1)),
    found_at INTEGER NOT NULL,
    PRIMARY KEY (recording, earlier)
) STRICT, WITHOUT ROWID;
CREATE INDEX resemblance_flagged ON resemblance (recording, earlier) WHERE is_foreign = 1;

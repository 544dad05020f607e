-- An upload may be begun without a quote, and all its bytes may be there before anybody says which one it is under.
CREATE TABLE upload_without_quote (
    id TEXT PRIMARY KEY,
    contributor TEXT NOT NULL REFERENCES contributor (id),
    byte_count INTEGER NOT NULL CHECK (byte_count > 0),
    -- Bytes that are on disk for certain.
    byte_offset INTEGER NOT NULL CHECK (byte_offset BETWEEN 0 AND byte_count),
    -- The field Upload-Metadata as it came; null where none came.
    metadata TEXT,
    -- Null where it was begun without one.
    quote TEXT REFERENCES quote (id),
    scenario TEXT REFERENCES scenario (id),
    media_type TEXT NOT NULL,
    filename TEXT,
    -- What became of it; null until all bytes are there and a quote was found.
    recording TEXT REFERENCES recording (id),
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL CHECK (expires_at > created_at),
    CHECK (recording IS NULL OR byte_offset = byte_count)
) STRICT, WITHOUT ROWID;
INSERT INTO upload_without_quote (id, contributor, byte_count, byte_offset, metadata, quote, scenario, media_type, filename,
    recording, created_at, expires_at)
SELECT id, contributor, byte_count, byte_offset, metadata, quote, scenario, media_type, filename, recording, created_at, expires_at
FROM upload;
DROP TABLE upload;
ALTER TABLE upload_without_quote RENAME TO upload;
CREATE INDEX upload_by_contributor ON upload (contributor) WHERE recording IS NULL;
CREATE INDEX upload_by_expiry ON upload (expires_at);
CREATE TRIGGER upload_keeps_what_was_begun
BEFORE UPDATE OF id, contributor, byte_count, metadata, quote, scenario, media_type, filename, created_at, expires_at ON upload
BEGIN SELECT RAISE(ABORT, 'an upload keeps what it was begun as'); END;

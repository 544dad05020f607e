-- Uploads that can be resumed. Their bytes grow in the folder uploads/, under the id.
CREATE TABLE upload (
    id TEXT PRIMARY KEY,
    contributor TEXT NOT NULL REFERENCES contributor (id),
    byte_count INTEGER NOT NULL CHECK (byte_count > 0),
    -- Bytes that are on disk for certain.
    byte_offset INTEGER NOT NULL CHECK (byte_offset BETWEEN 0 AND byte_count),
    -- The field Upload-Metadata as it came; null where none came.
    metadata TEXT,
    quote TEXT NOT NULL REFERENCES quote (id),
    scenario TEXT REFERENCES scenario (id),
    media_type TEXT NOT NULL,
    filename TEXT,
    -- What became of it; null until all bytes are there.
    recording TEXT REFERENCES recording (id),
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL CHECK (expires_at > created_at),
    CHECK ((recording IS NOT NULL) = (byte_offset = byte_count))
) STRICT, WITHOUT ROWID;
CREATE INDEX upload_by_contributor ON upload (contributor) WHERE recording IS NULL;
CREATE INDEX upload_by_expiry ON upload (expires_at);
CREATE TRIGGER upload_keeps_what_was_begun
BEFORE UPDATE OF id, contributor, byte_count, metadata, quote, scenario, media_type, filename, created_at, expires_at ON upload
BEGIN SELECT RAISE(ABORT, 'an upload keeps what it was begun as'); END;

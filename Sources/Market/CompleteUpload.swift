import Domain
import Storage

extension Marketplace {
    /// Makes an upload whose bytes are on disk a recording, under the quote as it was when the upload began.
    public func completeUpload(
        _ upload: Upload, _ blob: StoredBlob, at now: Timestamp, in db: Connection
    ) throws -> Recording {
        let recording = try submitRecording(
            blob, upload.submission, by: upload.contributor, begunAt: upload.createdAt, at: now, in: db
        ).recording
        try Uploads.complete(upload.id, as: recording.id, in: db)
        return recording
    }
}

extension Upload {
    /// What comes with its bytes.
    public var submission: Submission {
        Submission(quote: quote, scenario: scenario, mediaType: mediaType, filename: filename)
    }
}

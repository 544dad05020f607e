import Domain
import Storage

/// What an upload's recording is taken as, and since when its quote counts.
public struct UploadTerms: Sendable, Hashable {
    public let submission: Submission
    /// A quote is honoured that was in force then.
    public let begunAt: Timestamp
}

extension Marketplace {
    /// Under which quote an upload becomes a recording: the one that it was begun with, as it was then; else the one that is named
    /// now; else the contributor's only one that is in force and unused. Nil where there is none to choose, or more than one.
    ///
    /// - Parameters:
    ///   - late: quote and scenario that the last bytes came with; they count where the upload was begun without.
    ///   - begunAt: when the last bytes began to come.
    public func terms(
        of upload: Upload, late: (quote: ID<Quote>?, scenario: ID<Scenario>?), begunAt: Timestamp, at now: Timestamp,
        in db: Connection
    ) throws -> UploadTerms? {
        guard let quote = try upload.quote ?? late.quote ?? onlyUnusedQuote(of: upload.contributor, at: begunAt, in: db) else {
            return nil
        }
        let submission = Submission(
            quote: quote, scenario: upload.scenario ?? late.scenario, mediaType: upload.mediaType, filename: upload.filename)
        let terms = UploadTerms(submission: submission, begunAt: upload.quote == nil ? begunAt : upload.createdAt)
        try checkSubmission(submission, by: upload.contributor, begunAt: terms.begunAt, at: now, in: db)
        return terms
    }

    /// Makes an upload whose bytes are on disk a recording.
    public func completeUpload(
        _ upload: Upload, _ blob: StoredBlob, _ terms: UploadTerms, at now: Timestamp, in db: Connection
    ) throws -> Recording {
        let recording = try submitRecording(
            blob, terms.submission, by: upload.contributor, begunAt: terms.begunAt, at: now, in: db
        ).recording
        try Uploads.complete(upload.id, as: recording.id, in: db)
        return recording
    }

    private func onlyUnusedQuote(
        of contributor: ID<Contributor>, at now: Timestamp, in db: Connection
    ) throws -> ID<Quote>? {
        let quotes = try Quotes.unused(of: contributor, at: now, limit: 2, in: db)
        return quotes.count == 1 ? quotes[0].id : nil
    }
}

extension Upload {
    /// Throws where the last bytes name another quote or scenario than the upload was begun with.
    public func demand(quote late: ID<Quote>?, scenario other: ID<Scenario>?) throws(MarketError) {
        try Self.demand(late, quote, "/quote")
        try Self.demand(other, scenario, "/scenario")
    }

    private static func demand<Noun>(_ late: ID<Noun>?, _ begun: ID<Noun>?, _ pointer: String) throws(MarketError) {
        if let late, let begun, late != begun {
            throw MarketError.invalid(pointer, "is another one than the upload was begun with, \(begun)")
        }
    }
}

import Domain
import Storage

/// What is said of an upload when it begins. Who speaks plain tus says nothing at all.
public struct UploadDraft: Sendable, Hashable {
    public var quote: ID<Quote>?
    public var scenario: ID<Scenario>?
    public var mediaType: String
    public var filename: String?

    public init(quote: ID<Quote>?, scenario: ID<Scenario>?, mediaType: String, filename: String?) {
        self.quote = quote
        self.scenario = scenario
        self.mediaType = mediaType
        self.filename = filename
    }
}

extension Marketplace {
    /// Begins an upload that can be resumed, if its recording could be taken now as far as is known of it.
    ///
    /// - Parameter metadata: the client's field as it came.
    public func beginUpload(
        _ draft: UploadDraft, byteCount: Int64, metadata: String?, by contributor: ID<Contributor>, at now: Timestamp,
        in db: Connection
    ) throws -> Upload {
        if let quote = draft.quote {
            let submission = Submission(
                quote: quote, scenario: draft.scenario, mediaType: draft.mediaType, filename: draft.filename)
            try checkSubmission(submission, by: contributor, at: now, in: db)
        } else {
            try checkConsent(of: contributor, in: db)
            if let scenario = draft.scenario { _ = try self.scenario(scenario, in: db) }
        }
        guard try Uploads.openCount(of: contributor, in: db) < Upload.openCountMax else {
            throw MarketError.wrongState(
                "\(Upload.openCountMax) of your uploads are not complete; finish some, or DELETE /v1/uploads/{id}.")
        }
        let upload = Upload(
            id: ids.make(at: now), contributor: contributor, byteCount: byteCount, metadata: metadata, quote: draft.quote,
            scenario: draft.scenario, mediaType: draft.mediaType, filename: draft.filename, createdAt: now,
            expiresAt: now.adding(days: Upload.validDays))
        try Uploads.insert(upload, in: db)
        return upload
    }
}

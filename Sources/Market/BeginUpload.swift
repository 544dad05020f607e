import Domain
import Storage

extension Marketplace {
    /// Begins an upload that can be resumed, if its recording could be taken now.
    ///
    /// - Parameter metadata: the client's field as it came.
    public func beginUpload(
        _ submission: Submission, byteCount: Int64, metadata: String?, by contributor: ID<Contributor>, at now: Timestamp,
        in db: Connection
    ) throws -> Upload {
        try checkSubmission(submission, by: contributor, at: now, in: db)
        guard try Uploads.openCount(of: contributor, in: db) < Upload.openCountMax else {
            throw MarketError.wrongState(
                "\(Upload.openCountMax) of your uploads are not complete; finish some, or DELETE /v1/uploads/{id}.")
        }
        let upload = Upload(
            id: ids.make(at: now), contributor: contributor, byteCount: byteCount, metadata: metadata, quote: submission.quote,
            scenario: submission.scenario, mediaType: submission.mediaType, filename: submission.filename, createdAt: now,
            expiresAt: now.adding(days: Upload.validDays))
        try Uploads.insert(upload, in: db)
        return upload
    }
}

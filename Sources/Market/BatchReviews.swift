import Domain
import Storage

extension Marketplace {
    /// Reliabilities and agreement of every language from all reviews so far. It only reads, and may take a while.
    public func measureReviews(in db: Connection) throws -> [ReviewBatch.Part] {
        try Reviews.languages(in: db).map { ReviewBatch.Part(language: $0, try Reviews.evidence(in: $0, db)) }
    }

    /// Keeps what was measured as a batch, and raises the tiers that it earns. Nothing that was paid changes.
    ///
    /// - Parameter admin: nil for the nightly one.
    public func keepReviews(
        _ parts: [ReviewBatch.Part], by admin: String?, at now: Timestamp, in db: Connection
    ) throws -> ReviewBatch {
        let batch = ReviewBatch(id: ids.make(at: now), admin: admin, createdAt: now, languages: parts)
        try ReviewBatches.insert(batch, in: db)
        for part in parts {
            for reliability in part.reviewers {
                try raiseTier(of: reliability.reviewer, in: part.language, at: now, in: db)
            }
        }
        if let admin {
            try AuditLog.append(actor: admin, action: "reviews.batched", subject: batch.id.text, at: now, in: db)
        }
        return batch
    }

    /// The batch of the night, where somebody reviewed since the last one; once after each midnight (UTC).
    @discardableResult
    public func batchReviewsNightly(at now: Timestamp) throws -> ReviewBatch? {
        let midnight = Timestamp(milliseconds: now.milliseconds - now.milliseconds % 86_400_000)
        guard try store.read({ db in try ReviewBatches.isDue(before: midnight, in: db) }) else { return nil }
        let parts = try store.read { db in try measureReviews(in: db) }
        return try store.write { db in try keepReviews(parts, by: nil, at: now, in: db) }
    }
}

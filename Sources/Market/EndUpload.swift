import Domain
import Storage

extension Marketplace {
    /// Gives an upload up. Its bytes are the caller's to remove once this is on disk.
    ///
    /// - Throws: `MarketError.notFound` for somebody else's; a complete one is a recording and is withdrawn as such.
    public func endUpload(_ id: ID<Upload>, by contributor: ID<Contributor>, in db: Connection) throws {
        guard let upload = try Uploads.find(id, in: db), upload.contributor == contributor else {
            throw MarketError.notFound("upload")
        }
        try Uploads.delete(upload.id, in: db)
    }

    /// Forgets uploads that took too long, and complete ones after the same time. Their bytes are the caller's to remove.
    public func expireUploads(at now: Timestamp) throws -> [ID<Upload>] {
        try store.write { db in try Uploads.deleteExpired(at: now, in: db) }
    }
}

import Crypto
import Domain
import HTTP
import JSON
import Market
import Storage

/// Takes some bytes of an upload that can be resumed. Bytes that came before a connection broke are kept, unless a checksum
/// was announced for them.
final class UploadAppender: BodyConsumer, @unchecked Sendable {
    // Unchecked: calls come one at a time and in order.
    /// Bytes after which those that came are put on disk, so that a crash costs few.
    private static let checkpointByteCount: Int64 = 8 << 20

    private let routes: MarketRoutes
    private var upload: Upload
    private let isNew: Bool
    private let start: Int64
    private let partial: PartialBlob
    private let checksum: (running: Checksum, stated: [UInt8])?
    private var isOver = false

    /// Begins an upload, perhaps with its first bytes.
    init(beginning call: Call, _ routes: MarketRoutes) throws {
        try MarketRoutes.demandVersion(of: call)
        checksum = try Self.checksum(call)
        let contributor = try call.owner(Contributor.self)
        guard let byteCount = call.header.integer("Upload-Length") else {
            throw Problem(.invalidParameters, errors: [.header("Upload-Length", "is required")])
        }
        guard byteCount <= MarketRoutes.uploadByteCountMax else {
            throw Problem(.tooLarge, "Upload-Length must be at most \(MarketRoutes.uploadByteCountMax).")
        }
        guard byteCount > 0 else { throw Problem(.invalidParameters, errors: [.header("Upload-Length", "must be above 0")]) }
        let metadata = call.header.string("Upload-Metadata")
        let submission = try Self.submission(metadata)
        self.routes = routes
        upload = try routes.market.store.write { [market = routes.market] db in
            try market.beginUpload(
                submission, byteCount: byteCount, metadata: metadata, by: contributor, at: market.now, in: db)
        }
        isNew = true
        start = 0
        guard routes.busyUploads.claim(upload.id.text) else { throw Problem(.locked) }
        do {
            try routes.blobs.beginPartial(upload.id.text)
            partial = try routes.blobs.openPartial(upload.id.text, at: 0)
        } catch {
            routes.busyUploads.release(upload.id.text)
            try? Self.forget(upload, routes)
            throw error
        }
    }

    /// Goes on with an upload.
    init(appending call: Call, _ routes: MarketRoutes) throws {
        try MarketRoutes.demandVersion(of: call)
        checksum = try Self.checksum(call)
        let id = try routes.ownUpload(call).id.text
        guard routes.busyUploads.claim(id) else {
            throw Problem(.locked, "Another request sends bytes of this upload now.")
        }
        do {
            // What the request before has left is known only now.
            let upload = try routes.ownUpload(call)
            let offset = call.header.integer("Upload-Offset")
            guard upload.recording == nil, offset == upload.byteOffset else {
                throw Problem(
                    .conflict, "The upload has \(upload.byteOffset) of \(upload.byteCount) bytes; go on from there.",
                    fields: routes.fields(of: upload))
            }
            self.upload = upload
            partial = try routes.blobs.openPartial(id, at: upload.byteOffset)
            start = partial.byteCount
        } catch {
            routes.busyUploads.release(id)
            throw error
        }
        self.routes = routes
        isNew = false
    }

    deinit { end() }

    func receive(_ bytes: [UInt8]) throws {
        guard partial.byteCount + Int64(bytes.count) <= upload.byteCount else {
            try partial.cut(to: start)
            throw Problem(.tooLarge, "These are more bytes than Upload-Length, \(upload.byteCount), leaves.")
        }
        checksum?.running.update(bytes)
        try partial.write(bytes)
        if checksum == nil, partial.byteCount - upload.byteOffset >= Self.checkpointByteCount { try keep() }
    }

    func finish() throws -> Response {
        if let checksum, checksum.running.finish() != checksum.stated {
            try partial.cut(to: start)
            throw Problem(.checksumMismatch, "The bytes are dropped; send them again from \(start).")
        }
        if partial.byteCount == upload.byteCount { try complete() } else { try keep() }
        end()
        var response = Response(status: isNew ? 201 : 204, fields: routes.fields(of: upload))
        if isNew { response.fields["Location"] = "/v1/uploads/\(upload.id)" }
        return response
    }

    func cancel() {
        guard !isOver else { return }
        if checksum != nil { try? partial.cut(to: start) }
        try? keep()
        end()
    }

    /// Puts what came on disk and says so.
    private func keep() throws {
        guard partial.byteCount != upload.byteOffset else { return }
        try partial.sync()
        let byteOffset = partial.byteCount
        try routes.market.store.write { [id = upload.id] db in try Uploads.advance(id, to: byteOffset, in: db) }
        upload.byteOffset = byteOffset
    }

    /// Makes the recording. What is refused now can't be taken later either, so that nothing of it is kept.
    private func complete() throws {
        let market = routes.market
        let whole = upload
        do {
            _ = try routes.look { db in
                try market.checkSubmission(
                    whole.submission, by: whole.contributor, begunAt: whole.createdAt, at: market.now, in: db)
            }
            let blob = StoredBlob(
                sha256: try routes.blobs.finish(partial, whole.id.text), byteCount: whole.byteCount)
            upload.recording = try market.store.write { db in
                try market.completeUpload(whole, blob, at: market.now, in: db).id
            }
            upload.byteOffset = whole.byteCount
        } catch let error as MarketError {
            end()
            try Self.forget(whole, routes)
            throw error
        }
    }

    private func end() {
        guard !isOver else { return }
        isOver = true
        partial.close()
        routes.busyUploads.release(upload.id.text)
    }

    private static func forget(_ upload: Upload, _ routes: MarketRoutes) throws {
        try routes.market.store.write { db in try Uploads.delete(upload.id, in: db) }
        routes.blobs.removePartial(upload.id.text)
    }

    private static func checksum(_ call: Call) throws(Problem) -> (running: Checksum, stated: [UInt8])? {
        guard let field = call.header.string("Upload-Checksum") else { return nil }
        let parts = field.split(separator: " ")
        guard parts.count == 2, let algorithm = Checksum.Algorithm(rawValue: String(parts[0])),
            let digest = HTTP.Base64.decode(parts[1])
        else {
            throw Problem(
                .invalidParameters,
                errors: [.header("Upload-Checksum", "must be sha1 or sha256, a space and the digest in Base 64")])
        }
        return (Checksum(algorithm), digest)
    }

    /// What the metadata says of the recording to be.
    private static func submission(_ field: String?) throws(Problem) -> Submission {
        guard let metadata = UploadMetadata(parsing: field ?? "") else {
            throw Problem(
                .invalidParameters,
                errors: [.header("Upload-Metadata", "must be keys with values in Base 64, separated by commas, each key once")])
        }
        var errors: [InputError] = []
        func id<Noun: Identified>(_ key: String, _: Noun.Type) -> ID<Noun>? {
            guard let text = metadata.values[key] else { return nil }
            guard let id = ID<Noun>(text) else {
                errors.append(.header("Upload-Metadata", "has a \(key) that is no id that begins with \(Noun.idPrefix)_"))
                return nil
            }
            return id
        }
        let quote = id("quote", Quote.self)
        let scenario = id("scenario", Scenario.self)
        if metadata.values["quote"] == nil {
            errors.append(.header("Upload-Metadata", "needs the key quote, the id of a locked quote"))
        }
        let filename = metadata.values["filename"]
        if let filename, !(1...255).contains(filename.count) {
            errors.append(.header("Upload-Metadata", "has a filename that is empty or longer than 255 characters"))
        }
        let type = metadata.values["filetype"].flatMap { MediaType(parsing: $0)?.essence }
        guard errors.isEmpty, let quote else { throw Problem(.invalidParameters, errors: errors) }
        return Submission(
            quote: quote, scenario: scenario, mediaType: type ?? "application/octet-stream", filename: filename)
    }
}

extension InputError {
    fileprivate static func header(_ name: String, _ detail: String) -> InputError {
        InputError(.header, JSONPointer(tokens: [name]), detail)
    }
}

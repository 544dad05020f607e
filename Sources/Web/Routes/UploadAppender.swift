import Crypto
import Domain
import HTTP
import JSON
import Market
import Storage
import Synchronization

/// Takes some bytes of an upload that can be resumed. Bytes that came before a connection broke are kept, unless a checksum
/// was announced for them.
final class UploadAppender: BodyConsumer, @unchecked Sendable {
    // Unchecked: whoever changes anything has the turn.
    /// Bytes after which those that came are put on disk, so that a crash costs few.
    private static let checkpointByteCount: Int64 = 8 << 20

    private let routes: MarketRoutes
    private var upload: Upload
    private let isNew: Bool
    private let start: Int64
    private let begunAt: Timestamp
    private let late: (quote: ID<Quote>?, scenario: ID<Scenario>?)
    private let partial: PartialBlob
    private let checksum: (running: Checksum, stated: [UInt8])?
    private let claim: UploadClaim
    private var isOver = false
    /// Whether the bytes are among the blobs already.
    private var isMoved = false
    /// The server's calls come one at a time, but another request may end this one between them.
    private let turn = Mutex<Void>(())

    /// Begins an upload, perhaps with its first bytes.
    init(beginning call: Call, _ routes: MarketRoutes) throws {
        try MarketRoutes.demandVersion(of: call)
        try call.preconditions?.check(nil)
        checksum = try Self.checksum(call)
        let contributor = try call.owner(Contributor.self)
        let byteCount = try Self.length(call)
        let draft = try UploadWords.draft(call)
        self.routes = routes
        upload = try routes.market.store.write { [market = routes.market] db in
            try market.beginUpload(
                draft, byteCount: byteCount, metadata: call.header.string("Upload-Metadata"), by: contributor, at: market.now,
                in: db)
        }
        isNew = true
        start = 0
        begunAt = upload.createdAt
        late = (nil, nil)
        claim = try routes.busyUploads.claim(upload.id.text)
        do {
            try routes.blobs.beginPartial(upload.id.text)
            partial = try routes.blobs.openPartial(upload.id.text, at: 0)
        } catch {
            routes.busyUploads.release(claim)
            try? Self.forget(upload, routes)
            throw error
        }
    }

    /// Goes on with an upload.
    init(appending call: Call, _ routes: MarketRoutes) throws {
        try MarketRoutes.demandVersion(of: call)
        checksum = try Self.checksum(call)
        let known = try routes.ownUpload(call)
        let id = known.id.text
        late = UploadWords.named(call)
        try known.demand(quote: late.quote, scenario: late.scenario)
        try call.preconditions?.check(nil)
        claim = try routes.busyUploads.claim(id)
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
            routes.busyUploads.release(claim)
            throw error
        }
        self.routes = routes
        isNew = false
        begunAt = routes.market.now
        claim.onGivingUp { [weak self] in self?.giveUp() }
    }

    deinit { end() }

    func receive(_ bytes: [UInt8]) throws {
        try turn.withLock { _ in
            try demandClaim()
            try take(bytes)
            claim.move()
        }
    }

    func finish() throws -> Response {
        try turn.withLock { _ in
            try demandClaim()
            try checkChecksum()
            if partial.byteCount == upload.byteCount { try complete() } else { try keep() }
            end()
            var response = Response(status: isNew ? 201 : 204, fields: routes.fields(of: upload))
            if isNew { response.fields["Location"] = location }
            return response
        }
    }

    func cancel() {
        turn.withLock { _ in stop() }
    }

    /// Lets another request go on, unless this one is at work. Doesn't wait.
    private func giveUp() {
        _ = turn.withLockIfAvailable { _ in stop() }
    }

    private var location: String { "/v1/uploads/\(upload.id)" }

    private func demandClaim() throws(Problem) {
        guard !isOver else { throw Problem(.conflict, "Another request has gone on with this upload.") }
    }

    private func take(_ bytes: [UInt8]) throws {
        guard partial.byteCount + Int64(bytes.count) <= upload.byteCount else {
            try partial.cut(to: start)
            throw Problem(.tooLarge, "These are more bytes than Upload-Length, \(upload.byteCount), leaves.")
        }
        checksum?.running.update(bytes)
        try partial.write(bytes)
        if checksum == nil, partial.byteCount - upload.byteOffset >= Self.checkpointByteCount { try keep() }
    }

    private func checkChecksum() throws {
        guard let checksum, checksum.running.finish() != checksum.stated else { return }
        try partial.cut(to: start)
        throw Problem(.checksumMismatch, "The bytes are dropped; send them again from \(start).")
    }

    /// Ends before all is well. Nobody was told where a new upload is, so that nothing of it is kept.
    private func stop() {
        guard !isOver else { return }
        guard !isNew else {
            end()
            try? Self.forget(upload, routes)
            return
        }
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

    /// Makes the recording. Where the quote that the upload was begun with is refused now, it can't be taken later either, so that
    /// nothing is kept. Without such a quote all bytes are kept until one is named that is right.
    private func complete() throws {
        do {
            guard let terms = try terms() else { throw try kept(quoteMissing) }
            try become(terms)
        } catch let error as MarketError {
            if upload.quote == nil, !isMoved { throw try kept(error.problem) }
            end()
            try Self.forget(upload, routes)
            throw error
        }
    }

    private func become(_ terms: UploadTerms) throws {
        let sha256 = try routes.blobs.finish(partial, upload.id.text)
        isMoved = true
        let blob = StoredBlob(sha256: sha256, byteCount: upload.byteCount)
        upload.recording = try routes.market.store.write { [market = routes.market, upload] db in
            try market.completeUpload(upload, blob, terms, at: market.now, in: db).id
        }
        upload.byteOffset = upload.byteCount
    }

    private func terms() throws -> UploadTerms? {
        try routes.look { [market = routes.market, upload, late, begunAt] db in
            try market.terms(of: upload, late: late, begunAt: begunAt, at: market.now, in: db)
        }
    }

    private var quoteMissing: Problem {
        let detail = "is needed: none of your quotes, or more than one, is in force and unused"
        return Problem(.invalidFields, errors: [InputError(.query, JSONPointer(tokens: ["quote"]), detail)])
    }

    /// Keeps all bytes; the problem, with how far the upload is and what completes it.
    private func kept(_ problem: Problem) throws -> Problem {
        try keep()
        end()
        var problem = problem
        let fix =
            "All \(upload.byteCount) bytes are kept; an empty PATCH at this offset to \(location)?quote=ID completes the upload."
        problem.detail = problem.detail.isEmpty ? fix : problem.detail + " " + fix
        problem.fields.add(routes.fields(of: upload))
        if isNew { problem.fields["Location"] = location }
        return problem
    }

    private func end() {
        guard !isOver else { return }
        isOver = true
        partial.close()
        routes.busyUploads.release(claim)
    }

    private static func forget(_ upload: Upload, _ routes: MarketRoutes) throws {
        try routes.market.store.write { db in try Uploads.delete(upload.id, in: db) }
        routes.blobs.removePartial(upload.id.text)
    }

    private static func length(_ call: Call) throws(Problem) -> Int64 {
        guard let byteCount = call.header.integer("Upload-Length") else {
            throw Problem(.invalidParameters, errors: [.header("Upload-Length", "is required")])
        }
        guard byteCount <= MarketRoutes.uploadByteCountMax else {
            throw Problem(.tooLarge, "Upload-Length must be at most \(MarketRoutes.uploadByteCountMax).")
        }
        guard byteCount > 0 else { throw Problem(.invalidParameters, errors: [.header("Upload-Length", "must be above 0")]) }
        return byteCount
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
}

extension InputError {
    fileprivate static func header(_ name: String, _ detail: String) -> InputError {
        InputError(.header, JSONPointer(tokens: [name]), detail)
    }
}

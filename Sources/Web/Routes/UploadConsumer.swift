import Crypto
import Domain
import HTTP
import JSON
import Market
import Storage

/// Takes one upload, as the body itself or as the `file` part of a form: to disk and through the hash as it comes, never
/// whole in memory. Nothing is left of one that ends early.
final class UploadConsumer: BodyConsumer, @unchecked Sendable {
    // Unchecked: calls come one at a time and in order.
    private let call: Call
    private let routes: MarketRoutes
    private let owner: ID<Contributor>
    private let key: String?
    /// A quote that expires while the bytes flow is honoured.
    private let begunAt: Timestamp
    private let blob: BlobWriter
    private var form: UploadForm?
    /// Of a form; else the blob is the body.
    private var formHash = SHA256()
    private var isOver = false

    /// Checks all that can be checked before the bytes come.
    init(_ call: Call, _ routes: MarketRoutes) throws {
        self.call = call
        self.routes = routes
        owner = try call.owner(Contributor.self)
        key = call.header.string("Idempotency-Key")
        begunAt = routes.market.now
        form = try UploadForm(call.request)
        if form == nil {
            let submission = try Self.submission(call, form: nil)
            try routes.look { [owner] db in
                // A quote that ended since does not stand in the way of the answer to an earlier upload of the same bytes.
                guard call.header.string("Idempotency-Key") == nil, call.header.string("Content-Digest") == nil else { return }
                try routes.market.checkSubmission(submission, by: owner, at: routes.market.now, in: db)
            }
        }
        try routes.runningUploads.begin(owner.text, key)
        do { blob = try routes.blobs.begin() } catch {
            routes.runningUploads.end(owner.text, key)
            throw error
        }
    }

    deinit { end() }

    func receive(_ bytes: [UInt8]) throws {
        guard form != nil else { return try blob.write(bytes) }
        formHash.update(bytes)
        try form?.receive(bytes, into: blob)
    }

    func finish() throws -> Response {
        defer { end() }
        let bodySHA256 = form == nil ? blob.digest : formHash.digest()
        try ContentDigestCheck.check(bodySHA256, against: call.request)
        try form?.requireComplete()
        guard blob.byteCount > 0 else {
            throw Problem(
                FieldErrors(FieldError(JSONPointer("/file")!, "is empty; send the audio as the body or as the part “file”")))
        }
        let submission = try Self.submission(call, form: form)
        var keyed = call
        keyed.claim = call.claim(bodySHA256: bodySHA256)
        // A known answer needs no blob; the blob of a new one is on disk before the row that names it.
        if let claim = keyed.claim, let stored = try routes.look({ try StoredAnswers.find(claim.principal, claim.key, in: $0) }) {
            return try stored.replay(for: claim)
        }
        try routes.look { db in
            guard try Recordings.find(sha256: Hex.encode(blob.digest), of: owner, in: db) == nil else { return }
            try routes.market.checkSubmission(submission, by: owner, begunAt: begunAt, at: routes.market.now, in: db)
        }
        let byteCount = blob.byteCount
        let stored = StoredBlob(sha256: try blob.finish(), byteCount: byteCount)
        return try routes.change(keyed) { db, now in
            let (recording, isNew) = try routes.market.submitRecording(
                stored, submission, by: owner, begunAt: begunAt, at: now, in: db)
            let receipt = try Receipt(recording, in: db)
            let location = "/v1/recordings/\(recording.id)"
            guard isNew else {
                var response = Response.json(200, receipt)
                response.fields["Location"] = location
                return response
            }
            return .created(receipt, at: location)
        }
    }

    func cancel() {
        blob.abandon()
        end()
    }

    private func end() {
        guard !isOver else { return }
        isOver = true
        routes.runningUploads.end(owner.text, key)
    }

    /// What comes with the bytes: parameters of the query, or fields of the form.
    private static func submission(_ call: Call, form: UploadForm?) throws -> Submission {
        var errors: [FieldError] = []
        func id<Noun: Identified>(_ name: String, isRequired: Bool, _: Noun.Type) -> ID<Noun>? {
            guard let text = call.query.string(name) ?? form?.fields[name] else {
                if isRequired {
                    errors.append(FieldError(JSONPointer("/\(name)")!, "is required: POST /v1/recordings?\(name)=…"))
                }
                return nil
            }
            guard let id = ID<Noun>(text) else {
                errors.append(FieldError(JSONPointer("/\(name)")!, "must be an id that begins with \(Noun.idPrefix)_"))
                return nil
            }
            return id
        }
        let quote = id("quote", isRequired: true, Quote.self)
        let scenario = id("scenario", isRequired: false, Scenario.self)
        if let wrong = FieldErrors(errors) { throw Problem(wrong) }
        guard let quote else { throw Problem(.invalidFields) }
        let mediaType = form == nil ? call.request.contentType?.essence : form?.mediaType
        return Submission(
            quote: quote, scenario: scenario, mediaType: mediaType ?? "application/octet-stream",
            filename: call.query.string("filename") ?? form?.filename)
    }
}

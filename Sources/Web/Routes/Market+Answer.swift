import Crypto
import Domain
import HTTP
import JSON
import Ledger
import Market
import Storage

extension MarketRoutes {
    /// Reads in one unchanging state of the database.
    func look<Value>(_ work: (Connection) throws -> Value) throws -> Value { try market.store.read(work) }

    /// Runs a verb in one transaction, and keeps the answer for the call's idempotency key in the same transaction. The request's
    /// conditions are looked at there too, so that nobody writes between them and the verb (RFC 9110 section 13.2).
    ///
    /// - Parameter tag: of what is changed, as a GET of the same address would show it; nil where that has none.
    func change(
        _ call: Call, of tag: ((Connection) throws -> EntityTag)? = nil, _ work: (Connection, Timestamp) throws -> Response
    ) throws -> Response {
        let now = market.now
        return try market.store.write { db in
            if let claim = call.claim, let stored = try StoredAnswers.find(claim.principal, claim.key, in: db) {
                return try stored.replay(for: claim)
            }
            let conditions = call.preconditions
            if let tag { try conditions?.check(tag(db)) }
            let response = try work(db, now)
            // A refusal goes before the conditions; where they fail, what was done is rolled back.
            if tag == nil { try conditions?.check(nil) }
            if let claim = call.claim { try StoredAnswers.keep(response, for: claim, at: now, in: db) }
            return response
        }
    }
}

/// First answers to keyed requests, as rows.
public enum StoredAnswers {
    public static func find(_ principal: String, _ key: String, in db: Connection) throws -> IdempotentAnswers.Stored? {
        guard let row = try Storage.IdempotentAnswers.find(principal: principal, key: key, in: db) else { return nil }
        var fields = Fields()
        for member in try JSON.parse(Array(row.fields.utf8)).asObject ?? [:] {
            fields.add(member.key, member.value.asString ?? "")
        }
        let claim = IdempotencyClaim(principal: principal, key: key, operation: row.operation, bodySHA256: row.bodySHA256)
        return .init(claim: claim, response: Response(status: row.status, fields: fields, body: .bytes(row.body)))
    }

    static func keep(_ response: Response, for claim: IdempotencyClaim, at now: Timestamp, in db: Connection) throws {
        var body: [UInt8] = []
        if case .bytes(let bytes) = response.body { body = bytes }
        let fields = JSON.object(JSONObject(members: response.fields.all.map { ($0.name, .string($0.value)) }))
        try Storage.IdempotentAnswers.insert(
            .init(
                operation: claim.operation, bodySHA256: claim.bodySHA256, status: response.status, fields: fields.description,
                body: body), principal: claim.principal, key: claim.key, at: now, in: db)
    }
}

extension MarketError: ProblemConvertible {
    public var problem: Problem {
        switch self {
        case .notFound: return .notFound
        case .invalid(let errors): return Problem(FieldErrors(errors) ?? FieldErrors(FieldError(.root, "is not acceptable")))
        case .consentMissing:
            return Problem(
                .conflict, "Grant at least one purpose first: POST /v1/me/consents.", members: ["reason": "consent-missing"])
        case .quoteExpired(let moment):
            return Problem(
                .conflict, "The quote expired at \(moment.rfc3339); lock a new one.", members: ["reason": "quote-expired"])
        case .quoteExhausted(let seconds):
            return Problem(
                .conflict, "The \(seconds) seconds that the quote covers are used; lock a new one.",
                members: ["reason": "quote-exhausted"])
        case .quoteSpokenFor(let seconds):
            return Problem(
                .conflict,
                """
                Recordings under this quote that are still being analysed may use up its \(seconds) seconds; send this one when \
                they are decided, or lock another quote.
                """, members: ["reason": "quote-spoken-for"])
        case .wrongState(let sentence): return Problem(.conflict, sentence)
        case .modelCannotScore(let sentence): return Problem(.conflict, sentence, members: ["reason": "model-cannot-score"])
        case .insufficientFunds(let available, let needed):
            return Problem(
                .insufficientFunds, "Available are \(available), needed are \(needed).",
                members: ["available": available.json, "needed": needed.json])
        case .prohibitedUse(let sentence): return Problem(.forbidden, sentence, members: ["reason": "prohibited-use"])
        case .notLicensable(let purpose, let recordings):
            return Problem(
                .conflict,
                """
                \(recordings.count) recordings of the snapshot may not be licensed for \(purpose.rawValue) now; freeze a new \
                snapshot of a data set whose query has this purpose.
                """,
                members: [
                    "reason": "not-licensable", "recordings": .strings(recordings.prefix(100).map(\.text)),
                ])
        case .emptySnapshot: return Problem(.conflict, "Nothing matches the query now.", members: ["reason": "empty-snapshot"])
        case .licenceInForce(let id):
            return Problem(
                .conflict, "A licence of this snapshot for this model and purpose is in force: \(id).",
                members: ["reason": "licence-in-force", "licence": .string(id.text)])
        case .notQualified(let sentence): return Problem(.forbidden, sentence, members: ["reason": "not-qualified"])
        case .leaseLost: return Problem(.internalError)
        }
    }
}

extension LedgerError: ProblemConvertible {
    public var problem: Problem {
        switch self {
        case .insufficientFunds: Problem(.insufficientFunds, "The account holds less than this needs.")
        case .duplicate: Problem(.conflict, "This was booked before.")
        default: Problem(.internalError)
        }
    }
}

extension StorageError: ProblemConvertible {
    public var problem: Problem {
        switch self {
        case .diskFull: Problem(.insufficientStorage, "The server's disk is full; nothing was changed.")
        case .busy, .poisoned, .overloaded:
            Problem(
                .unavailable, "The database can't be written now; try again.", fields: Fields(["Retry-After": "1"]))
        default: Problem(.internalError)
        }
    }
}

extension SystemError: ProblemConvertible {
    public var problem: Problem {
        isDiskFull
            ? Problem(.insufficientStorage, "The server's disk is full; nothing of this upload was kept.")
            : Problem(.internalError)
    }
}

extension Timestamp {
    var json: JSON { .string(rfc3339) }
}

extension Optional where Wrapped == Timestamp {
    var json: JSON { .orNull(self?.rfc3339) }
}

extension Schema {
    static let optionalText = nullable(string())
    static let factor = text(.decimal)
    static let accent = string(1...40)
    static let ledgerEntry = id(Entry.self)
    static let hours = number(0...1e9)
}

extension Call {
    /// The page that is asked for, as Storage wants it; several values of a position are joined by a space.
    func storagePage(valueCount: Int = 1) throws -> Storage.PageRequest {
        let page = try page(valueCount: valueCount)
        return Storage.PageRequest(after: page.after?.joined(separator: " "), limit: page.limit)
    }

    /// A page of a list that Storage has cut.
    func list<Row>(_ page: Page<Row>, cursor: (Row) -> Cursor, json: (Row) -> JSON, more: JSONObject = [:]) -> Response {
        list(page.rows, hasMore: page.hasMore, cursor: cursor, json: json, more: more)
    }
}

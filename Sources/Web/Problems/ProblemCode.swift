/// Everything that can go wrong for a client. The only table from errors to status codes; `type` is `/problems/<code>`.
public enum ProblemCode: String, CaseIterable, Sendable {
    case badRequest = "bad-request"
    case malformedJSON = "malformed-json"
    case invalidParameters = "invalid-parameters"
    case digestMismatch = "digest-mismatch"
    case unauthenticated
    case insufficientFunds = "insufficient-funds"
    case forbidden
    case crossSite = "cross-site"
    case notFound = "not-found"
    case unknownCursor = "unknown-cursor"
    case methodNotAllowed = "method-not-allowed"
    case notAcceptable = "not-acceptable"
    case timedOut = "timed-out"
    case conflict
    case idempotencyKeyInUse = "idempotency-key-in-use"
    case gone
    case preconditionFailed = "precondition-failed"
    case uploadVersion = "upload-version"
    case tooLarge = "too-large"
    case targetTooLong = "target-too-long"
    case unsupportedMediaType = "unsupported-media-type"
    case rangeNotSatisfiable = "range-not-satisfiable"
    case expectationFailed = "expectation-failed"
    case misdirectedRequest = "misdirected-request"
    case invalidFields = "invalid-fields"
    case idempotencyKeyReused = "idempotency-key-reused"
    case locked
    case rateLimited = "rate-limited"
    case fieldsTooLarge = "header-fields-too-large"
    case checksumMismatch = "checksum-mismatch"
    case internalError = "internal-error"
    case notImplemented = "not-implemented"
    case unavailable
    case versionNotSupported = "http-version-not-supported"
    case insufficientStorage = "insufficient-storage"

    /// The status code, and a title that is the same for every occurrence.
    private var row: (status: Int, title: String) {
        switch self {
        case .badRequest: (400, "The request is malformed")
        case .malformedJSON: (400, "The body is not acceptable JSON")
        case .invalidParameters: (400, "Some parameters are invalid")
        case .digestMismatch: (400, "The body is not what its digest says")
        case .unauthenticated: (401, "A valid key is needed")
        case .insufficientFunds: (402, "There are not enough funds")
        case .forbidden: (403, "The key does not allow this")
        case .crossSite: (403, "The request may come from another site")
        case .notFound: (404, "There is nothing here")
        case .unknownCursor: (404, "No page begins at this cursor")
        case .methodNotAllowed: (405, "The method is not allowed here")
        case .notAcceptable: (406, "None of the accepted media types is offered")
        case .timedOut: (408, "The request took too long to arrive")
        case .conflict: (409, "The present state does not allow this")
        case .idempotencyKeyInUse: (409, "A request with this idempotency key is still running")
        case .gone: (410, "This is gone for good")
        case .preconditionFailed: (412, "It has changed in the meantime")
        case .uploadVersion: (412, "This version of tus is not supported")
        case .tooLarge: (413, "The body is too large")
        case .targetTooLong: (414, "The request target is too long")
        case .unsupportedMediaType: (415, "The body's media type is not supported")
        case .rangeNotSatisfiable: (416, "The range lies outside the content")
        case .expectationFailed: (417, "The expectation can't be met")
        case .misdirectedRequest: (421, "This server does not answer for that host")
        case .invalidFields: (422, "Some fields are invalid")
        case .idempotencyKeyReused: (422, "The idempotency key belongs to another request")
        case .locked: (423, "Another request is at work on this")
        case .rateLimited: (429, "There were too many requests")
        case .fieldsTooLarge: (431, "The header fields are too large")
        case .checksumMismatch: (460, "The bytes are not what their checksum says")
        case .internalError: (500, "The server failed")
        case .notImplemented: (501, "The server does not know this")
        case .unavailable: (503, "The server can't serve this now")
        case .versionNotSupported: (505, "The HTTP version is not supported")
        case .insufficientStorage: (507, "The disk is full")
        }
    }

    public var status: Int { row.status }

    public var title: String { row.title }

    /// The general code of a status that the server refuses requests with.
    static func general(for status: Int) -> ProblemCode {
        allCases.first { $0.status == status } ?? (status < 500 ? .badRequest : .internalError)
    }
}

import HTTP
import JSON

/// An error as a client sees it (RFC 9457).
public struct Problem: Error, Sendable {
    public var code: ProblemCode
    /// One or two sentences about this occurrence.
    public var detail: String
    /// Every bad field; empty where the input was well formed.
    public var errors: [InputError]
    /// Fields that the answer carries, such as `Retry-After`.
    public var fields: Fields
    /// Further members of the answer.
    public var members: JSONObject

    public init(
        _ code: ProblemCode, _ detail: String = "", errors: [InputError] = [], fields: Fields = Fields(),
        members: JSONObject = [:]
    ) {
        self.code = code
        self.detail = detail
        self.errors = errors
        self.fields = fields
        self.members = members
    }

    /// A body whose fields are wrong.
    public init(_ errors: FieldErrors) {
        self.init(.invalidFields, errors: errors.all.map { InputError(.body, $0) })
    }

    /// Parameters of the query that are wrong.
    public static func query(_ name: String, _ detail: String) -> Problem {
        let error = InputError(.query, JSONPointer(tokens: [name]), detail)
        return Problem(.invalidParameters, errors: [error])
    }

    /// Nothing here, or nothing that this client may know of.
    public static let notFound = Problem(.notFound, "Nothing is known under this address, or it belongs to somebody else.")

    /// The answer. `request` is nil when the head could not be read.
    func response(to request: Request?) -> Response {
        var response = Response.bytes(code.status, json(for: request).bytes(), mediaType: Self.mediaType)
        response.fields.add(fields)
        response.fields["Cache-Control"] = "no-store"
        return response
    }

    static let mediaType = "application/problem+json"

    private func json(for request: Request?) -> JSON {
        var object: JSONObject = [
            "type": .string("/problems/\(code.rawValue)"), "title": .string(code.title), "status": .count(code.status),
            "detail": .string(detail.isEmpty ? code.title + "." : detail), "instance": .ifPresent(request?.path),
            "request_id": .ifPresent(request?.id), "errors": errors.isEmpty ? nil : .array(errors.map(\.json)),
        ]
        for member in members { object[member.key] = member.value }
        return .object(object)
    }
}

import JSON

/// One parameter of a route.
public struct Parameter: Sendable {
    public enum Place: String, Sendable {
        case query, path, header
    }

    public var place: Place
    public var name: String
    public var schema: Schema
    public var isRequired: Bool
    public var note: String
    /// The value in force where the parameter is absent.
    public var fallback: JSON?
    /// Whether its lines are one list (RFC 9110 section 5.3).
    public var isList = false

    /// A parameter behind "?"; one whose schema is an array may stand several times.
    public static func query(
        _ name: String, _ schema: Schema, _ note: String, isRequired: Bool = false, default fallback: JSON? = nil
    ) -> Parameter {
        Parameter(place: .query, name: name, schema: schema, isRequired: isRequired, note: note, fallback: fallback)
    }

    /// A part of the path; one that does not fit its schema is a 404.
    public static func path(_ name: String, _ schema: Schema, _ note: String) -> Parameter {
        Parameter(place: .path, name: name, schema: schema, isRequired: true, note: note)
    }

    /// - Parameter isList: whether several lines are one list.
    public static func header(
        _ name: String, _ schema: Schema, _ note: String, isRequired: Bool = false, isList: Bool = false
    ) -> Parameter {
        Parameter(place: .header, name: name, schema: schema, isRequired: isRequired, note: note, isList: isList)
    }

    /// The two parameters of every list.
    public static let page: [Parameter] = [
        .query("limit", .integer(1...200), "How many items at most", default: 50),
        .query("cursor", .text(.cursor, 1...1000), "The `next_cursor` of the page before"),
    ]
}

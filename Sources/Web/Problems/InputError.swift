import JSON

/// One thing wrong with a request's parameters or body.
public struct InputError: Sendable, Equatable {
    /// Where the pointer points into; parameters form an object of their names.
    public enum Place: String, Sendable {
        case body, query, path, header
    }

    public var place: Place
    public var pointer: JSONPointer
    public var detail: String

    public init(_ place: Place, _ pointer: JSONPointer, _ detail: String) {
        self.place = place
        self.pointer = pointer
        self.detail = detail
    }

    init(_ place: Place, _ error: FieldError) { self.init(place, error.pointer, error.detail) }

    var json: JSON {
        ["in": .string(place.rawValue), "pointer": .string(pointer.description), "detail": .string(detail)]
    }
}

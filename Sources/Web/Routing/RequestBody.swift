/// What a route takes as its body.
public enum RequestBody: Sendable {
    /// Nothing; a body that comes all the same is read and dropped.
    case none
    /// One JSON text of at most 1 MiB that fits the schema.
    case json(Schema, isRequired: Bool = true)
    /// Bytes of one of these media types ("audio/*" stands for a family) as they arrive.
    case stream(mediaTypes: [String], byteCountMax: Int64, isRequired: Bool = true)

    /// Longest JSON body in bytes.
    static let jsonByteCountMax: Int64 = 1 << 20

    /// The media types that are accepted, none where no body is.
    var mediaTypes: [String] {
        switch self {
        case .none: []
        case .json: ["application/json"]
        case .stream(let mediaTypes, _, _): mediaTypes
        }
    }

    var isRequired: Bool {
        switch self {
        case .none: false
        case .json(_, let isRequired), .stream(_, _, let isRequired): isRequired
        }
    }
}

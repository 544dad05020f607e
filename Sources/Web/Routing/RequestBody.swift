/// What a route takes as its body.
public enum RequestBody: Sendable {
    /// Nothing; a body that comes all the same is read and dropped.
    case none
    /// One JSON text of at most 1 MiB that fits the schema.
    case json(Schema, isRequired: Bool = true)
    /// Bytes of one of these media types ("audio/*" stands for a family) as they arrive. With a form, they may also come as
    /// `multipart/form-data` with these parts.
    case stream(mediaTypes: [String], form: Schema? = nil, byteCountMax: Int64, isRequired: Bool = true)

    /// Longest JSON body in bytes.
    static let jsonByteCountMax: Int64 = 1 << 20

    static let formMediaType = "multipart/form-data"

    /// What the bodies of a media type look like, where that is known.
    package func schema(of mediaType: String) -> Schema? {
        switch self {
        case .none: nil
        case .json(let schema, _): schema
        case .stream(_, let form, _, _): mediaType == Self.formMediaType ? form : nil
        }
    }

    /// The media types that are accepted, none where no body is.
    package var mediaTypes: [String] {
        switch self {
        case .none: []
        case .json: ["application/json"]
        case .stream(let mediaTypes, let form, _, _): mediaTypes + (form == nil ? [] : [Self.formMediaType])
        }
    }

    var isRequired: Bool {
        switch self {
        case .none: false
        case .json(_, let isRequired), .stream(_, _, _, let isRequired): isRequired
        }
    }
}

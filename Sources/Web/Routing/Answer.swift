import JSON

/// One answer that a route may give when all is well.
public struct Answer: Sendable {
    public enum Content: Sendable {
        case none
        case json(Schema)
        /// Bytes of one of these media types.
        case bytes(mediaTypes: [String])
    }

    public var status: Int
    public var note: String
    public var content: Content
    /// Fields that the answer carries, with what they say.
    public var fields: [(name: String, note: String)]

    public static func json(_ note: String, _ schema: Schema, status: Int = 200) -> Answer {
        Answer(status: status, note: note, content: .json(schema), fields: [])
    }

    /// 201 with `Location`.
    public static func created(_ note: String, _ schema: Schema) -> Answer {
        Answer(status: 201, note: note, content: .json(schema), fields: [("Location", "Where the new thing is")])
    }

    /// 200 with a page of items.
    public static func page(_ note: String, of item: Schema) -> Answer {
        let fields = [("Link", "The next page, where there is one (`rel=\"next\"`)")]
        return Answer(status: 200, note: note, content: .json(.page(of: item)), fields: fields)
    }

    public static func noContent(_ note: String) -> Answer {
        Answer(status: 204, note: note, content: .none, fields: [])
    }

    public static func empty(_ status: Int, _ note: String, fields: [(name: String, note: String)] = []) -> Answer {
        Answer(status: status, note: note, content: .none, fields: fields)
    }

    public static func bytes(_ note: String, mediaTypes: [String], status: Int = 200) -> Answer {
        Answer(status: status, note: note, content: .bytes(mediaTypes: mediaTypes), fields: [])
    }

    /// 200 with server-sent events.
    public static func events(_ note: String) -> Answer { bytes(note, mediaTypes: [ServerEvent.mediaType]) }
}

extension Schema {
    /// A page of a list.
    static func page(of item: Schema) -> Schema {
        var members = properties(of: ListedPage<JSON>.self)
        members[0].schema = .array(of: item, 0...200)
        return .object(members)
    }
}

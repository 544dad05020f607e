import JSON

/// One event of a `text/event-stream` (WHATWG HTML section 9.2).
public struct ServerEvent: Sendable, Equatable {
    /// Rises within a stream; `Last-Event-ID` names the last one that a client has seen.
    public var id: Int64
    /// What has happened, such as "status".
    public var name: String
    public var data: JSON
    /// Whether the stream ends behind it.
    public var isLast: Bool

    public init(id: Int64, name: String, data: JSON, isLast: Bool = false) {
        self.id = id
        self.name = name
        self.data = data
        self.isLast = isLast
    }

    static let mediaType = "text/event-stream"

    /// A comment that keeps the connection alive.
    static let heartbeat = Array(": still here\n\n".utf8)

    /// Compact JSON has no line break, so that one data line is enough.
    var bytes: [UInt8] { Array("id: \(id)\nevent: \(name)\ndata: \(data)\n\n".utf8) }
}

/// The head of an answer as bytes (RFC 9112 section 4). Framing, date and connection belong to the server: fields of
/// those names that the application set are left out. What is no token or holds control characters never reaches the
/// socket, so that no value can begin a second field or answer.
public struct ResponseHead: Sendable {
    public enum Persistence: Sendable, Equatable {
        /// Goes on without a word, as HTTP/1.1 does.
        case silent
        /// Said to HTTP/1.0 clients that asked for it.
        case keepAlive
        case close
    }

    public var status: Int
    public var fields: Fields
    public var framing: ResponseFraming
    public var persistence: Persistence
    /// The value of `Date`, an IMF-fixdate (RFC 9110 section 6.6.1).
    public var date: String
    /// The value of `X-Request-Id`; empty leaves it out.
    public var requestID: String

    public init(
        status: Int, fields: Fields, framing: ResponseFraming, persistence: Persistence, date: String, requestID: String
    ) {
        self.status = status
        self.fields = fields
        self.framing = framing
        self.persistence = persistence
        self.date = date
        self.requestID = requestID
    }

    /// The interim answer that asks for the body (RFC 9110 section 15.2.1).
    public static let continueBytes = Array("HTTP/1.1 100 Continue\r\n\r\n".utf8)

    /// Appends the status line, the fields and the empty line.
    public func append(to bytes: inout [UInt8]) {
        bytes.append(contentsOf: Status.line(status))
        bytes.append("\r\nDate: ")
        bytes.append(contentsOf: date.utf8)
        appendFraming(to: &bytes)
        appendPersistence(to: &bytes)
        if !requestID.isEmpty {
            bytes.append("\r\nX-Request-Id: ")
            bytes.append(contentsOf: requestID.utf8)
        }
        bytes.append("\r\n")
        fields.append(to: &bytes, isServers: Self.isServers)
        bytes.append("\r\n")
    }

    private func appendFraming(to bytes: inout [UInt8]) {
        switch framing {
        case .bodiless, .untilClose: break
        case .length(let count):
            bytes.append("\r\nContent-Length: ")
            bytes.append(decimal: count)
        case .chunked:
            bytes.append("\r\nTransfer-Encoding: chunked")
        }
    }

    private func appendPersistence(to bytes: inout [UInt8]) {
        switch persistence {
        case .silent: break
        case .keepAlive: bytes.append("\r\nConnection: keep-alive")
        case .close: bytes.append("\r\nConnection: close")
        }
    }

    /// Framing, date, connection and identity, which are the server's to say.
    static func isServers(_ name: UnsafeBufferPointer<UInt8>) -> Bool {
        switch name.count {
        case 4: Octets.same(name, "Date")
        case 10: Octets.same(name, "Connection") || Octets.same(name, "Keep-Alive")
        case 12: Octets.same(name, "X-Request-Id")
        case 14: Octets.same(name, "Content-Length")
        case 17: Octets.same(name, "Transfer-Encoding")
        default: false
        }
    }
}

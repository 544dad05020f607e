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
        bytes.append(contentsOf: "HTTP/1.1 ".utf8)
        bytes.append(contentsOf: String(status).utf8)
        bytes.append(Octets.space)
        bytes.append(contentsOf: Status.reason(status).utf8)
        bytes.append(contentsOf: "\r\nDate: ".utf8)
        bytes.append(contentsOf: date.utf8)
        appendFraming(to: &bytes)
        appendPersistence(to: &bytes)
        if !requestID.isEmpty {
            bytes.append(contentsOf: "\r\nX-Request-Id: ".utf8)
            bytes.append(contentsOf: requestID.utf8)
        }
        for field in fields.all where Self.isAllowed(field.name) { Self.append(field, to: &bytes) }
        bytes.append(contentsOf: "\r\n\r\n".utf8)
    }

    private func appendFraming(to bytes: inout [UInt8]) {
        switch framing {
        case .bodiless, .untilClose: break
        case .length(let count):
            bytes.append(contentsOf: "\r\nContent-Length: ".utf8)
            bytes.append(contentsOf: String(count).utf8)
        case .chunked:
            bytes.append(contentsOf: "\r\nTransfer-Encoding: chunked".utf8)
        }
    }

    private func appendPersistence(to bytes: inout [UInt8]) {
        switch persistence {
        case .silent: break
        case .keepAlive: bytes.append(contentsOf: "\r\nConnection: keep-alive".utf8)
        case .close: bytes.append(contentsOf: "\r\nConnection: close".utf8)
        }
    }

    private static func append(_ field: Fields.Field, to bytes: inout [UInt8]) {
        bytes.append(Octets.carriageReturn)
        bytes.append(Octets.lineFeed)
        bytes.append(contentsOf: field.name.utf8)
        bytes.append(Octets.colon)
        bytes.append(Octets.space)
        for byte in field.value.utf8 { bytes.append(Octets.isFieldValue(byte) ? byte : Octets.space) }
    }

    private static func isAllowed(_ name: String) -> Bool {
        guard !name.isEmpty, name.utf8.allSatisfy({ Octets.isToken($0) }) else { return false }
        switch name.utf8.count {
        case 4: return !Fields.same(name, "Date")
        case 10: return !Fields.same(name, "Connection") && !Fields.same(name, "Keep-Alive")
        case 12: return !Fields.same(name, "X-Request-Id")
        case 14: return !Fields.same(name, "Content-Length")
        case 17: return !Fields.same(name, "Transfer-Encoding")
        default: return true
        }
    }
}

/// Reads the head of a request (RFC 9112 sections 2 to 5) from raw bytes, as they come. A state machine over bytes and
/// offsets: whatever the split, the same bytes give the same head or the same failure.
public struct HeadParser: Sendable {
    private enum State { case start, afterLeadingReturn, method, target, version, lineEnd, fields }

    private let limits: Limits
    private var state = State.start
    private var position = 0
    private var leadingEmptyLineCount = 0
    private var lineStart = 0
    private var methodEnd = 0
    private var targetEnd = 0
    private var isVersion10 = false
    private var section: FieldSectionParser

    public init(limits: Limits = Limits()) {
        self.limits = limits
        section = FieldSectionParser(at: 0, fieldCountMax: limits.fieldCountMax)
    }

    /// Whether not one byte of a head has been seen.
    public var isEmpty: Bool { position == 0 }

    /// The head, or nil while it is not complete. `bytes` begins with the head's first byte every time and holds all that
    /// has come; what was looked at before is not looked at again. After a head or a failure, begin with a new parser.
    public mutating func parse(_ bytes: Span<UInt8>) throws(RequestFailure) -> RequestHead? {
        while state != .fields {
            guard position < bytes.count else { return nil }
            let byte = bytes[position]
            switch state {
            case .start: try readStart(byte)
            case .afterLeadingReturn: try readLeadingEnd(byte)
            case .method: try readMethod(byte)
            case .target: try readTarget(bytes)
            case .version: try readVersion(byte)
            case .lineEnd: try readLineEnd(byte)
            case .fields: break
            }
        }
        return try readFields(bytes)
    }

    private mutating func readStart(_ byte: UInt8) throws(RequestFailure) {
        if byte == Octets.carriageReturn, leadingEmptyLineCount < limits.leadingEmptyLineCountMax {
            state = .afterLeadingReturn
        } else {
            guard Octets.isToken(byte) else {
                throw RequestFailure(status: 400, detail: "A request begins with a method (RFC 9112 section 3)")
            }
            lineStart = position
            state = .method
        }
        position += 1
    }

    private mutating func readLeadingEnd(_ byte: UInt8) throws(RequestFailure) {
        guard byte == Octets.lineFeed else {
            throw RequestFailure(status: 400, detail: "Carriage return without line feed (RFC 9112 section 2.2)")
        }
        leadingEmptyLineCount += 1
        position += 1
        state = .start
    }

    private mutating func readMethod(_ byte: UInt8) throws(RequestFailure) {
        if byte == Octets.space {
            methodEnd = position
            state = .target
        } else if !Octets.isToken(byte) {
            throw RequestFailure(status: 400, detail: "The method is no token (RFC 9112 section 3.1)")
        } else if position - lineStart >= limits.methodByteCountMax {
            throw RequestFailure(status: 501, detail: "No such method (RFC 9112 section 3)")
        }
        position += 1
    }

    private mutating func readTarget(_ bytes: Span<UInt8>) throws(RequestFailure) {
        let start = methodEnd + 1
        let end = min(bytes.count, start + limits.targetByteCountMax + 1)
        while position < end {
            let byte = bytes[position]
            if byte == Octets.space {
                guard position > start else { break }
                targetEnd = position
                position += 1
                state = .version
                return
            }
            guard byte > 0x20, byte < 0x7F, byte != 0x23 else {
                throw RequestFailure(
                    status: 400,
                    detail: "The target holds a byte that no target may hold; percent-encode it (RFC 9112 section 3.2)")
            }
            guard position - start < limits.targetByteCountMax else {
                throw RequestFailure(
                    status: 414, detail: "The target is longer than \(limits.targetByteCountMax) bytes")
            }
            position += 1
        }
        if position < end {
            throw RequestFailure(status: 400, detail: "Two spaces where one stands (RFC 9112 section 3)")
        }
    }

    /// `HTTP/` digit `.` digit, byte by byte (RFC 9112 section 2.3).
    private mutating func readVersion(_ byte: UInt8) throws(RequestFailure) {
        let index = position - targetEnd - 1
        let isRight =
            switch index {
            case 0: byte == 0x48
            case 1, 2: byte == 0x54
            case 3: byte == 0x50
            case 4: byte == Octets.slash
            case 6: byte == 0x2E
            default: Octets.isDigit(byte)
            }
        guard isRight else {
            throw RequestFailure(status: 400, detail: "Malformed protocol version (RFC 9112 section 2.3)")
        }
        if index == 5, byte != 0x31 {
            throw RequestFailure(status: 505, detail: "Only HTTP/1.1 and HTTP/1.0 are spoken (RFC 9110 section 15.6.6)")
        }
        if index == 7 {
            isVersion10 = byte == Octets.zero
            state = .lineEnd
        }
        position += 1
    }

    private mutating func readLineEnd(_ byte: UInt8) throws(RequestFailure) {
        let isFirst = position == targetEnd + 9
        guard byte == (isFirst ? Octets.carriageReturn : Octets.lineFeed) else {
            throw RequestFailure(status: 400, detail: "The request line ends with CR LF (RFC 9112 section 2.2)")
        }
        position += 1
        if !isFirst {
            section = FieldSectionParser(at: position, fieldCountMax: limits.fieldCountMax)
            state = .fields
        }
    }

    private mutating func readFields(_ bytes: Span<UInt8>) throws(RequestFailure) -> RequestHead? {
        let end = min(bytes.count, lineStart + limits.headByteCountMax)
        let isComplete = try section.parse(bytes.extracting(0..<end))
        position = section.position
        guard isComplete else {
            if bytes.count > end {
                throw RequestFailure(status: 431, detail: "The head is longer than \(limits.headByteCountMax) bytes")
            }
            return nil
        }
        return try makeHead(bytes)
    }

    private func makeHead(_ bytes: Span<UInt8>) throws(RequestFailure) -> RequestHead {
        let method = Method(bytes.extracting(lineStart..<methodEnd))
        let target = try RequestTarget(bytes.extracting(methodEnd + 1..<targetEnd), method: method)
        var fields = section.fields
        try checkHost(fields)
        if let authority = target.authority { fields["Host"] = authority }
        let framing = try BodyFraming(of: fields, isVersion10: isVersion10)
        let expectsContinue = try Self.expectsContinue(fields)
        var length: Int64? = 0
        switch framing {
        case .none: break
        case .length(let count): length = count
        case .chunked: length = nil
        }
        return RequestHead(
            request: Request(
                method: method, target: target.text, path: target.path, query: target.query, fields: fields,
                contentLength: length),
            framing: framing,
            keepsAlive: Self.keepsAlive(fields, isVersion10: isVersion10),
            expectsContinue: expectsContinue && !isVersion10 && length != 0,
            isVersion10: isVersion10,
            byteCount: position)
    }

    /// Exactly one valid `Host`; HTTP/1.0 may go without (RFC 9112 section 3.2).
    private func checkHost(_ fields: Fields) throws(RequestFailure) {
        let (count, isValid) = fields.withOnlyValue("Host") { Authority.isValid($0) }
        if count == 0, isVersion10 { return }
        guard isValid == true else {
            throw RequestFailure(status: 400, detail: "Exactly one valid Host is required (RFC 9112 section 3.2)")
        }
    }

    /// RFC 9110 section 10.1.1; any other expectation is 417.
    private static func expectsContinue(_ fields: Fields) throws(RequestFailure) -> Bool {
        var isExpected = false
        for value in fields.values("Expect") {
            for expectation in ListScanner(value) {
                guard Fields.same(expectation, "100-continue") else {
                    throw RequestFailure(status: 417, detail: "Unknown expectation (RFC 9110 section 10.1.1)")
                }
                isExpected = true
            }
        }
        return isExpected
    }

    /// RFC 9112 section 9.3.
    private static func keepsAlive(_ fields: Fields, isVersion10: Bool) -> Bool {
        var isAlive = !isVersion10
        for value in fields.values("Connection") {
            for option in ListScanner(value) {
                if Fields.same(option, "close") { return false }
                if Fields.same(option, "keep-alive") { isAlive = true }
            }
        }
        return isAlive
    }
}

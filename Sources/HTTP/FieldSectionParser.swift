/// Reads field lines up to the empty line that ends them (RFC 9112 section 5), one byte after the other, so that any
/// split of the bytes gives the same result. Used for heads, for trailers and for the headers of multipart parts.
struct FieldSectionParser: Sendable {
    private enum State { case lineStart, name, beforeValue, value, afterReturn, afterLastReturn }

    /// The fields of the lines read so far.
    private(set) var fields = Fields()
    /// The next byte to look at; after the end the first byte behind the section.
    private(set) var position: Int

    private var state = State.lineStart
    private var nameStart = 0
    private var nameEnd = 0
    private var valueStart = 0
    private var valueEnd = 0
    private let fieldCountMax: Int

    init(at position: Int, fieldCountMax: Int) {
        self.position = position
        self.fieldCountMax = fieldCountMax
    }

    /// Goes on to the end of `bytes`, which must hold the same bytes as before, and more. True at the section's end.
    mutating func parse(_ bytes: Span<UInt8>) throws(RequestFailure) -> Bool {
        while position < bytes.count {
            let byte = bytes[position]
            switch state {
            case .lineStart: try startLine(byte)
            case .name: try continueName(bytes)
            case .beforeValue: startValue(byte)
            case .value: try continueValue(bytes)
            case .afterReturn:
                guard byte == Octets.lineFeed else { throw Self.bareReturn }
                try endLine(bytes)
            case .afterLastReturn:
                guard byte == Octets.lineFeed else { throw Self.bareReturn }
                position += 1
                return true
            }
        }
        return false
    }

    private mutating func startLine(_ byte: UInt8) throws(RequestFailure) {
        if Octets.isToken(byte) {
            nameStart = position
            state = .name
        } else if byte == Octets.carriageReturn {
            state = .afterLastReturn
        } else if Octets.isBlank(byte) {
            throw RequestFailure(status: 400, detail: "Folded or indented field line (RFC 9112 section 5.2)")
        } else if byte == Octets.lineFeed {
            throw Self.bareLineFeed
        } else {
            throw RequestFailure(status: 400, detail: "A field line must begin with a name (RFC 9112 section 5)")
        }
        position += 1
    }

    private mutating func continueName(_ bytes: Span<UInt8>) throws(RequestFailure) {
        while position < bytes.count {
            let byte = bytes[position]
            guard Octets.isToken(byte) else {
                guard byte == Octets.colon else {
                    throw RequestFailure(
                        status: 400, detail: "Only a colon may follow a field name (RFC 9112 section 5.1)")
                }
                nameEnd = position
                position += 1
                state = .beforeValue
                return
            }
            position += 1
        }
    }

    private mutating func startValue(_ byte: UInt8) {
        if Octets.isBlank(byte) {
            position += 1
        } else {
            valueStart = position
            valueEnd = position
            state = .value
        }
    }

    private mutating func continueValue(_ bytes: Span<UInt8>) throws(RequestFailure) {
        while position < bytes.count {
            let byte = bytes[position]
            guard Octets.isFieldValue(byte) else {
                if byte == Octets.lineFeed { throw Self.bareLineFeed }
                guard byte == Octets.carriageReturn else {
                    throw RequestFailure(
                        status: 400, detail: "Control character in a field value (RFC 9110 section 5.5)")
                }
                position += 1
                state = .afterReturn
                return
            }
            position += 1
            if !Octets.isBlank(byte) { valueEnd = position }
        }
    }

    private mutating func endLine(_ bytes: Span<UInt8>) throws(RequestFailure) {
        guard fields.count < fieldCountMax else {
            throw RequestFailure(status: 431, detail: "More than \(fieldCountMax) fields")
        }
        bytes.withUnsafeBufferPointer { fields.add($0, name: nameStart..<nameEnd, value: valueStart..<valueEnd) }
        position += 1
        state = .lineStart
    }

    private static var bareReturn: RequestFailure {
        RequestFailure(status: 400, detail: "Carriage return without line feed (RFC 9112 section 2.2)")
    }

    private static var bareLineFeed: RequestFailure {
        RequestFailure(status: 400, detail: "Line feed without carriage return (RFC 9112 section 2.2)")
    }
}

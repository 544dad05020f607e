/// Takes `multipart/form-data` apart as it comes (RFC 7578, RFC 2046 section 5.1). Any split of the bytes gives the same
/// parts with the same content. Memory is one boundary and one part's headers.
public struct MultipartParser: Sendable {
    private enum State { case preamble, afterBoundary, boundaryDash, padding, boundaryLineFeed, headers, content, epilogue }

    private let limits: MultipartLimits
    /// CR LF `--` boundary. A CR stands only at its begin, so after a mismatch a match can only begin at the byte at hand.
    private let delimiter: [UInt8]
    private var matchedCount: Int
    private var state = State.preamble
    private var partCount = 0
    private var skippedByteCount = 0
    private var header: [UInt8] = []
    private var section: FieldSectionParser
    private var events: [MultipartEvent] = []
    private var content: [UInt8] = []

    /// Nil where the type is not `multipart/form-data` with a boundary of 1 to 70 allowed characters.
    public init?(contentType: MediaType?, limits: MultipartLimits = MultipartLimits()) {
        guard let contentType, contentType.essence == "multipart/form-data", let boundary = contentType["boundary"],
            Self.isValid(boundary)
        else { return nil }
        self.limits = limits
        delimiter = Array("\r\n--\(boundary)".utf8)
        // The first boundary may stand at the very begin, without the line end before it.
        matchedCount = 2
        section = FieldSectionParser(at: 0, fieldCountMax: limits.fieldCountMax)
    }

    /// Whether the closing boundary was seen; a body that ends before is cut off.
    public var isComplete: Bool { state == .epilogue }

    /// What the next bytes of the body bring. Throws 400, or 413 and 431 beyond a limit; then the form is refused whole.
    public mutating func parse(_ bytes: [UInt8]) throws(RequestFailure) -> [MultipartEvent] {
        var position = 0
        while position < bytes.count {
            if state == .content, matchedCount == 0 {
                let end = bytes[position...].firstIndex(of: Octets.carriageReturn) ?? bytes.count
                content.append(contentsOf: bytes[position..<end])
                position = end
                guard position < bytes.count else { break }
            }
            try read(bytes[position])
            position += 1
        }
        return takeEvents()
    }

    private mutating func read(_ byte: UInt8) throws(RequestFailure) {
        switch state {
        case .preamble, .content: try readContent(byte)
        case .afterBoundary, .boundaryDash, .padding, .boundaryLineFeed: try readBoundaryEnd(byte)
        case .headers: try readHeader(byte)
        case .epilogue: break
        }
    }

    private mutating func takeEvents() -> [MultipartEvent] {
        flushContent()
        defer { events = [] }
        return events
    }

    private mutating func flushContent() {
        guard !content.isEmpty else { return }
        events.append(.partBytes(content))
        content = []
    }

    private mutating func readContent(_ byte: UInt8) throws(RequestFailure) {
        if byte == delimiter[matchedCount] {
            matchedCount += 1
            if matchedCount == delimiter.count { endContent() }
        } else {
            let restartCount = byte == Octets.carriageReturn ? 1 : 0
            try skip(delimiter[..<matchedCount])
            if restartCount == 0 { try skip(CollectionOfOne(byte)) }
            matchedCount = restartCount
        }
    }

    /// These bytes are no boundary: content of a part, or nothing in the preamble.
    private mutating func skip(_ bytes: some Collection<UInt8>) throws(RequestFailure) {
        if state == .content {
            content.append(contentsOf: bytes)
        } else {
            skippedByteCount += bytes.count
            guard skippedByteCount <= limits.preambleByteCountMax else {
                throw RequestFailure(status: 400, detail: "The form does not begin with its boundary (RFC 2046 section 5.1)")
            }
        }
    }

    private mutating func endContent() {
        if state == .content {
            flushContent()
            events.append(.partEnded)
        }
        matchedCount = 0
        skippedByteCount = 0
        state = .afterBoundary
    }

    private mutating func readBoundaryEnd(_ byte: UInt8) throws(RequestFailure) {
        switch (state, byte) {
        case (.afterBoundary, Octets.dash):
            state = .boundaryDash
        case (.boundaryDash, Octets.dash):
            events.append(.end)
            state = .epilogue
        case (.afterBoundary, Octets.space), (.afterBoundary, Octets.tab), (.padding, Octets.space), (.padding, Octets.tab):
            skippedByteCount += 1
            guard skippedByteCount <= limits.paddingByteCountMax else { throw Self.malformed }
            state = .padding
        case (.afterBoundary, Octets.carriageReturn), (.padding, Octets.carriageReturn):
            state = .boundaryLineFeed
        case (.boundaryLineFeed, Octets.lineFeed):
            try beginPart()
        default:
            throw Self.malformed
        }
    }

    private mutating func beginPart() throws(RequestFailure) {
        partCount += 1
        guard partCount <= limits.partCountMax else {
            throw RequestFailure(status: 413, detail: "The form has more than \(limits.partCountMax) parts")
        }
        header = []
        section = FieldSectionParser(at: 0, fieldCountMax: limits.fieldCountMax)
        state = .headers
    }

    private mutating func readHeader(_ byte: UInt8) throws(RequestFailure) {
        header.append(byte)
        guard header.count <= limits.headerByteCountMax else {
            throw RequestFailure(status: 431, detail: "Headers of a part are longer than \(limits.headerByteCountMax) bytes")
        }
        let collected = header
        guard try section.parse(collected.span) else { return }
        events.append(.partBegan(try MultipartPart(section.fields)))
        state = .content
    }

    /// `bchars`, no space at the end (RFC 2046 section 5.1.1).
    private static func isValid(_ boundary: String) -> Bool {
        let bytes = Array(boundary.utf8)
        return (1...70).contains(bytes.count) && bytes.last != Octets.space
            && bytes.allSatisfy { $0 == Octets.space || isBoundaryCharacter($0) }
    }

    private static func isBoundaryCharacter(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
        case 0x27, 0x28, 0x29, 0x2B, 0x5F, 0x2C, 0x2D, 0x2E, 0x2F, 0x3A, 0x3D, 0x3F: true
        default: false
        }
    }

    private static var malformed: RequestFailure {
        RequestFailure(status: 400, detail: "Malformed boundary line (RFC 2046 section 5.1.1)")
    }
}

/// Takes a chunked body apart (RFC 9112 section 7.1), byte by byte where it is framing and by ranges where it is content.
public struct ChunkedDecoder: Sendable {
    public enum Event: Sendable, Equatable {
        /// Content stands at these offsets of the given bytes.
        case bytes(Range<Int>)
        /// Everything given is used up, and the body goes on.
        case needsMore
        /// The body and its trailers are complete; `position` is behind them.
        case end
    }

    private enum State {
        case size
        case sizeLineFeed
        case content
        case contentReturn
        case contentLineFeed
        case trailers
        case end
    }

    /// The trailer fields, once the body has ended.
    public private(set) var trailers = Fields()

    private let limits: Limits
    private var state = State.size
    private var remaining: Int64 = 0
    private var digitCount = 0
    private var lineByteCount = 0
    private var extensionByteCount = 0
    private var chunkExtension: ChunkExtensionParser?
    private var trailerBytes: [UInt8] = []
    private var section: FieldSectionParser

    public init(limits: Limits = Limits()) {
        self.limits = limits
        section = FieldSectionParser(at: 0, fieldCountMax: limits.fieldCountMax)
    }

    /// Goes on at `position` of `bytes` and moves it on. Call until it needs more, or ends.
    public mutating func next(_ bytes: Span<UInt8>, at position: inout Int) throws(RequestFailure) -> Event {
        while position < bytes.count {
            switch state {
            case .content:
                return content(bytes, at: &position)
            case .end:
                return .end
            default:
                try readFraming(bytes[position])
                position += 1
                if state == .end { return .end }
            }
        }
        return state == .end ? .end : .needsMore
    }

    private mutating func content(_ bytes: Span<UInt8>, at position: inout Int) -> Event {
        let count = Int(min(Int64(bytes.count - position), remaining))
        let range = position..<position + count
        position += count
        remaining -= Int64(count)
        if remaining == 0 { state = .contentReturn }
        return .bytes(range)
    }

    private mutating func readFraming(_ byte: UInt8) throws(RequestFailure) {
        switch state {
        case .size: try readSizeLine(byte)
        case .sizeLineFeed:
            guard byte == Octets.lineFeed else { throw Self.malformed("size line") }
            beginChunk()
        case .contentReturn:
            guard byte == Octets.carriageReturn else { throw Self.malformed("end") }
            state = .contentLineFeed
        case .contentLineFeed:
            guard byte == Octets.lineFeed else { throw Self.malformed("end") }
            state = .size
        case .trailers: try readTrailer(byte)
        case .content, .end: break
        }
    }

    private mutating func readSizeLine(_ byte: UInt8) throws(RequestFailure) {
        lineByteCount += 1
        guard lineByteCount <= limits.chunkLineByteCountMax else { throw Self.malformed("size line") }
        if chunkExtension != nil {
            try readExtension(byte)
        } else if let digit = Octets.hexValue(byte) {
            guard remaining <= Int64.max >> 4 else {
                throw RequestFailure(status: 400, detail: "The chunk size overflows (RFC 9112 section 7.1)")
            }
            remaining = remaining << 4 | Int64(digit)
            digitCount += 1
        } else {
            guard digitCount > 0 else { throw Self.malformed("size") }
            if byte == Octets.carriageReturn {
                state = .sizeLineFeed
            } else {
                chunkExtension = ChunkExtensionParser()
                try readExtension(byte)
            }
        }
    }

    private mutating func readExtension(_ byte: UInt8) throws(RequestFailure) {
        extensionByteCount += 1
        guard extensionByteCount <= limits.chunkExtensionByteCountMax else {
            throw RequestFailure(status: 400, detail: "Too many chunk extensions (RFC 9112 section 7.1.1)")
        }
        if byte == Octets.carriageReturn, chunkExtension?.mayEnd == true {
            state = .sizeLineFeed
        } else if chunkExtension?.read(byte) != true {
            throw Self.malformed("extension")
        }
    }

    private mutating func beginChunk() {
        state = remaining > 0 ? .content : .trailers
        digitCount = 0
        lineByteCount = 0
        chunkExtension = nil
    }

    private mutating func readTrailer(_ byte: UInt8) throws(RequestFailure) {
        trailerBytes.append(byte)
        guard trailerBytes.count <= limits.trailerByteCountMax else {
            throw RequestFailure(status: 431, detail: "The trailers are longer than \(limits.trailerByteCountMax) bytes")
        }
        let collected = trailerBytes
        if try section.parse(collected.span) {
            trailers = section.fields
            trailerBytes = []
            state = .end
        }
    }

    private static func malformed(_ part: String) -> RequestFailure {
        RequestFailure(status: 400, detail: "Malformed chunk \(part) (RFC 9112 section 7.1)")
    }
}

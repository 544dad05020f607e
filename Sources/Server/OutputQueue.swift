/// What waits to be sent on one connection, in order. Small pieces are copied together; large ones and files are kept as
/// they are.
struct OutputQueue {
    enum Segment {
        case bytes([UInt8])
        case file(OpenFile, offset: Int64, byteCount: Int64)

        var byteCount: Int64 {
            switch self {
            case .bytes(let bytes): Int64(bytes.count)
            case .file(_, _, let byteCount): byteCount
            }
        }
    }

    /// Bytes ever appended and ever sent: positions in the stream of this connection.
    private(set) var appendedTotal: Int64 = 0
    private(set) var sentTotal: Int64 = 0

    private var segments: [Segment] = []
    private var firstIndex = 0
    /// Of the first segment, already sent.
    private var sentOfFirst = 0
    private var tail: [UInt8] = []

    var byteCount: Int64 { appendedTotal - sentTotal }
    var isEmpty: Bool { appendedTotal == sentTotal }

    /// Lets `body` append to the bytes at the end.
    mutating func write<Result>(_ body: (inout [UInt8]) -> Result) -> Result {
        let before = tail.count
        defer { appendedTotal += Int64(tail.count - before) }
        return body(&tail)
    }

    mutating func append(_ bytes: [UInt8]) {
        if bytes.count <= Buffering.copiedByteCountMax {
            tail.append(contentsOf: bytes)
            appendedTotal += Int64(bytes.count)
        } else {
            append(.bytes(bytes))
        }
    }

    mutating func append(_ segment: Segment) {
        guard segment.byteCount > 0 else { return }
        sealTail()
        segments.append(segment)
        appendedTotal += segment.byteCount
    }

    /// The next to be sent, what of it is sent already, and whether more stands behind it.
    mutating func next() -> (segment: Segment, sentCount: Int, hasMore: Bool)? {
        if firstIndex == segments.count { sealTail() }
        guard firstIndex < segments.count else { return nil }
        return (segments[firstIndex], sentOfFirst, firstIndex + 1 < segments.count || !tail.isEmpty)
    }

    /// Notes that this many bytes of the next segment left.
    mutating func advance(_ count: Int) {
        sentTotal += Int64(count)
        sentOfFirst += count
        guard Int64(sentOfFirst) == segments[firstIndex].byteCount else { return }
        sentOfFirst = 0
        segments[firstIndex] = .bytes([])
        firstIndex += 1
        if firstIndex == segments.count {
            segments.removeAll(keepingCapacity: false)
            firstIndex = 0
        }
    }

    /// Forgets everything that waits.
    mutating func clear() {
        segments = []
        tail = []
        firstIndex = 0
        sentOfFirst = 0
        appendedTotal = sentTotal
    }

    private mutating func sealTail() {
        guard !tail.isEmpty else { return }
        segments.append(.bytes(tail))
        tail = []
    }
}

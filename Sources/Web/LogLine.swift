import HTTP

/// The line of one exchange, put together on the stack and appended as one piece.
struct LogLine {
    /// What a line takes beside its texts: labels, and numbers of at most twenty digits.
    private static let byteCountBesideTexts = 256

    private let line: UnsafeMutableBufferPointer<UInt8>
    private var count = 0

    static func write(_ exchange: ExchangeRecord, _ template: StaticBytes?, stamp: [UInt8], to bytes: inout [UInt8]) {
        let trace = exchange.request?.fields["traceparent"].flatMap { TraceParent($0) }
        let method = exchange.request?.method.rawValue ?? "-"
        let room =
            byteCountBesideTexts + stamp.count + method.utf8.count + (template?.bytes.count ?? 0) + exchange.id.utf8.count
            + exchange.peer.utf8.count + (trace?.traceID.utf8.count ?? 0)
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: room) { buffer in
            var line = LogLine(line: buffer)
            stamp.withUnsafeBufferPointer { line.put($0) }
            line.put(method)
            line.put(" ")
            if let template { line.put(template.bytes) } else { line.put("-") }
            line.put(" ")
            line.put(Int64(exchange.status))
            line.put(" bytes_in=")
            line.put(exchange.bodyBytesReceived)
            line.put(" bytes_out=")
            line.put(exchange.bodyBytesSent)
            line.put(" milliseconds=")
            line.put(max(0, Int64(exchange.durationSeconds * 1000)))
            if !exchange.isComplete { line.put(" incomplete=true") }
            line.put(" request_id=")
            line.put(exchange.id)
            line.put(" peer=")
            line.put(exchange.peer)
            if let trace {
                line.put(" trace_id=")
                line.put(trace.traceID)
            }
            line.put("\n")
            bytes.append(contentsOf: UnsafeBufferPointer(rebasing: buffer[..<line.count]))
        }
    }

    private init(line: UnsafeMutableBufferPointer<UInt8>) { self.line = line }

    private mutating func put(_ bytes: UnsafeBufferPointer<UInt8>) {
        guard let start = bytes.baseAddress else { return }
        (line.baseAddress! + count).initialize(from: start, count: bytes.count)
        count += bytes.count
    }

    @inline(__always)
    private mutating func put(_ text: StaticString) {
        put(UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }

    private mutating func put(_ text: String) {
        var text = text
        text.withUTF8 { put($0) }
    }

    /// A number that is not negative.
    private mutating func put(_ number: Int64) {
        var rest = UInt64(number)
        var digitCount = 1
        var bound: UInt64 = 10
        while rest >= bound, digitCount < 19 {
            digitCount += 1
            bound *= 10
        }
        for index in stride(from: count + digitCount - 1, through: count, by: -1) {
            line[index] = UInt8(truncatingIfNeeded: 0x30 + rest % 10)
            rest /= 10
        }
        count += digitCount
    }
}

/// Bytes that are never freed and need no counting of references, which loops on several cores would get into each other's way with.
struct StaticBytes: @unchecked Sendable {
    let bytes: UnsafeBufferPointer<UInt8>

    /// To be made once for each text of a program, not for each request.
    init(_ text: String) {
        let copy = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: text.utf8.count)
        _ = copy.initialize(from: text.utf8)
        bytes = UnsafeBufferPointer(copy)
    }
}

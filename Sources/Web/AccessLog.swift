import Domain
import HTTP
import Synchronization

/// A line for each exchange. Nothing personal and no secret: the template stands for the path, the query is left out.
///
/// Lines gather in memory and go out together, when they are many or when `flush` is called: a line by itself costs more than
/// a small answer.
public final class AccessLog: Sendable {
    /// Bytes of lines that are not held back any longer.
    static let byteCountMax = 32 << 10

    private struct State {
        var bytes: [UInt8] = []
        /// The second that `stamp` says.
        var second: Int64 = .min
        var stamp: [UInt8] = []
    }

    private let state = Mutex(State())
    private let clock: @Sendable () -> Timestamp
    private let write: @Sendable ([UInt8]) -> Void

    /// - Parameters:
    ///   - clock: what lines say it is.
    ///   - write: takes whole lines; calls come one at a time.
    public init(clock: @escaping @Sendable () -> Timestamp, write: @escaping @Sendable ([UInt8]) -> Void) {
        self.clock = clock
        self.write = write
    }

    func append(_ exchange: ExchangeRecord, template: String?) {
        let now = clock()
        state.withLock { state in
            if now.milliseconds / 1000 != state.second {
                state.second = now.milliseconds / 1000
                state.stamp = Array(now.rfc3339.utf8.prefix(19)) + Array("Z info fairvoice.web: ".utf8)
            }
            state.bytes += state.stamp
            Self.describe(exchange, template, in: &state.bytes)
            if state.bytes.count >= Self.byteCountMax { send(&state) }
        }
    }

    /// Sends what is held back.
    public func flush() { state.withLock { send(&$0) } }

    private func send(_ state: inout State) {
        guard !state.bytes.isEmpty else { return }
        write(state.bytes)
        state.bytes.removeAll(keepingCapacity: true)
    }

    private static func describe(_ exchange: ExchangeRecord, _ template: String?, in bytes: inout [UInt8]) {
        func add(_ text: String) { bytes.append(contentsOf: text.utf8) }
        add(exchange.request?.method.rawValue ?? "-")
        add(" ")
        add(template ?? "-")
        add(" ")
        add(String(exchange.status))
        add(" bytes_in=")
        add(String(exchange.bodyBytesReceived))
        add(" bytes_out=")
        add(String(exchange.bodyBytesSent))
        add(" milliseconds=")
        add(String(Int64(exchange.durationSeconds * 1000)))
        if !exchange.isComplete { add(" incomplete=true") }
        if let request = exchange.request {
            add(" request_id=")
            add(request.id)
            add(" peer=")
            add(request.peer)
            if let trace = request.fields["traceparent"].flatMap({ TraceParent($0) }) {
                add(" trace_id=")
                add(trace.traceID)
            }
        }
        add("\n")
    }
}

import Domain
import HTTP
import Synchronization

/// A line for each exchange. Nothing personal and no secret: the template stands for the path, the query is left out.
///
/// Lines gather in memory, for each of the server's loops apart, and go out together when they are many or when `flush` is
/// called: a line by itself costs more than a small answer. Lines of different loops stand in no order within that time.
public final class AccessLog: Sendable {
    /// Bytes of lines that are not held back any longer.
    static let byteCountMax = 32 << 10

    private struct State: Sendable {
        var bytes: [UInt8] = []
        /// The second that `stamp` says.
        var second: Int64 = .min
        var stamp: [UInt8] = []
    }

    private let shards = Shards { State() }
    /// Held while lines are written.
    private let output = Mutex(())
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
        let now = clock().milliseconds
        shards.withLock(exchange.loop) { state in
            if now / 1000 != state.second {
                state.second = now / 1000
                state.stamp = Array(Timestamp(milliseconds: now).rfc3339.utf8.prefix(19))
                state.stamp += Array("Z info fairvoice.web: ".utf8)
            }
            state.bytes.append(contentsOf: state.stamp)
            Self.describe(exchange, template, in: &state.bytes)
            if state.bytes.count >= Self.byteCountMax { send(&state) }
        }
    }

    /// Sends what is held back.
    public func flush() { shards.forEach { send(&$0) } }

    private func send(_ state: inout State) {
        guard !state.bytes.isEmpty else { return }
        output.withLock { _ in write(state.bytes) }
        state.bytes.removeAll(keepingCapacity: true)
    }

    private static func describe(_ exchange: ExchangeRecord, _ template: String?, in bytes: inout [UInt8]) {
        bytes.append(contentsOf: (exchange.request?.method.rawValue ?? "-").utf8)
        bytes.append(" ")
        bytes.append(contentsOf: (template ?? "-").utf8)
        bytes.append(" ")
        bytes.append(decimal: Int64(exchange.status))
        bytes.append(" bytes_in=")
        bytes.append(decimal: exchange.bodyBytesReceived)
        bytes.append(" bytes_out=")
        bytes.append(decimal: exchange.bodyBytesSent)
        bytes.append(" milliseconds=")
        bytes.append(decimal: max(0, Int64(exchange.durationSeconds * 1000)))
        if !exchange.isComplete { bytes.append(" incomplete=true") }
        if let request = exchange.request {
            bytes.append(" request_id=")
            bytes.append(contentsOf: request.id.utf8)
            bytes.append(" peer=")
            bytes.append(contentsOf: request.peer.utf8)
            if let trace = request.fields["traceparent"].flatMap({ TraceParent($0) }) {
                bytes.append(" trace_id=")
                bytes.append(contentsOf: trace.traceID.utf8)
            }
        }
        bytes.append("\n")
    }
}

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

    /// - Parameter template: the path's; nil where no route was found.
    func append(_ exchange: ExchangeRecord, template: StaticBytes?) {
        let now = clock().milliseconds
        shards.withLock(exchange.loop) { state in
            if now / 1000 != state.second {
                state.second = now / 1000
                state.stamp = Array(Timestamp(milliseconds: now).rfc3339.utf8.prefix(19))
                state.stamp += Array("Z info fairvoice.web: ".utf8)
            }
            LogLine.write(exchange, template, stamp: state.stamp, to: &state.bytes)
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
}

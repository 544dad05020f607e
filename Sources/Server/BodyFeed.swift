import HTTP

/// Hands a body to its receiver, one call at a time on the pool.
final class BodyFeed: @unchecked Sendable {  // Its state is touched on the loop's queue only.
    enum State: Equatable {
        /// Nothing was called yet; what has arrived with the head gathers.
        case fresh
        /// `begin` runs.
        case beginning
        case idle
        /// `receive` runs.
        case receiving
        /// `finish` runs; nothing can be cancelled any more.
        case finishing
        case over
    }

    let receiver: any BodyReceiver
    var state = State.fresh
    /// Arrived and not yet handed over.
    private(set) var backlog = BodyBuffer()
    /// What was handed over and came back: fresh memory for each piece costs more than to copy into it.
    private var spare: BodyBuffer?
    /// The body will never be complete: `cancel` is owed once the call that runs has come back.
    var isLost = false

    init(_ receiver: any BodyReceiver) { self.receiver = receiver }

    func takeBacklog() -> BodyBuffer {
        defer {
            backlog = spare ?? BodyBuffer()
            spare = nil
        }
        return backlog
    }

    /// Takes a buffer back for what arrives next.
    func reuse(_ buffer: BodyBuffer) {
        buffer.bytes.removeAll(keepingCapacity: true)
        spare = buffer
    }

    /// Forgets what has arrived, and the memory for it.
    func drop() {
        backlog = BodyBuffer()
        spare = nil
    }
}

import Synchronization

/// State in several parts, each behind a lock of its own, so that the server's loops don't wait for each other.
struct Shards<State: Sendable>: Sendable {
    private final class Shard: Sendable {
        let state: Mutex<State>

        init(_ state: State) { self.state = Mutex(state) }
    }

    /// More than most machines have cores; loops beyond share.
    private static var count: Int { 16 }

    private let shards: [Shard]

    init(_ make: () -> State) { shards = (0..<Self.count).map { _ in Shard(make()) } }

    func withLock(_ index: Int, _ body: (inout State) -> Void) {
        shards[index & (Self.count - 1)].state.withLock { body(&$0) }
    }

    /// Each part, one after the other.
    func forEach(_ body: (inout State) -> Void) {
        for shard in shards { shard.state.withLock { body(&$0) } }
    }
}

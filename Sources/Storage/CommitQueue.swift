import Synchronization

/// Lets changes share commits: while one commit waits for the disk, further changes gather, and the next commit takes them
/// all. No thread is its own: the first caller leads the commit of everybody who waits, the others sleep meanwhile.
final class CommitQueue: Sendable {
    /// Changes of one commit. More would let the first of them wait longer for little gain.
    static let groupSizeMax = 128
    /// Changes that may wait; more are refused at once rather than late.
    static let waitingCountMax = 4096

    private struct State {
        var waiting: [Change] = []
        var isLed = false
    }

    private let state = Mutex(State())
    /// Carries out some changes in one commit; each knows afterwards how it went.
    private let commit: @Sendable ([Change]) -> Void

    init(commit: @escaping @Sendable ([Change]) -> Void) { self.commit = commit }

    var waitingCount: Int { state.withLock { $0.waiting.count } }

    /// Returns when the change is on disk or has failed, which `finish` tells.
    /// - Throws: `StorageError.overloaded` when too many wait.
    func carryOut(_ change: Change) throws {
        let leads = try state.withLock { state throws(StorageError) in
            guard state.waiting.count < Self.waitingCountMax else { throw .overloaded }
            state.waiting.append(change)
            defer { state.isLed = true }
            return !state.isLed
        }
        if leads {
            lead()
        } else {
            change.sleep()
            if change.mustLead { lead() }
        }
    }

    /// Carries out what waits, the caller's own change among it, and leaves the next commit to somebody who waits.
    private func lead() {
        let group = state.withLock { state in
            let count = min(state.waiting.count, Self.groupSizeMax)
            defer { state.waiting.removeFirst(count) }
            return Array(state.waiting.prefix(count))
        }
        commit(group)
        let next = state.withLock { state in
            state.isLed = !state.waiting.isEmpty
            return state.waiting.first
        }
        next?.promote()
        for change in group { change.settle() }
    }
}

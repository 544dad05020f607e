import Domain

/// What the workers of a process are at. No input or output.
///
/// A file under which the process ended is suspect: it is measured while no other is, so that the next end is nobody else's.
struct JobsInHand: Sendable {
    private struct Hand {
        let job: Job
        var budget: ThreadTimeBudget?
        var renewedAt: ContinuousClock.Instant
        var isDecided = false
        var isCancelled = false

        /// Whether it is measured, and somebody waits for what is found.
        var isWanted: Bool { budget != nil && !isDecided && !isCancelled }
    }

    /// By the worker's token.
    private var hands: [String: Hand] = [:]
    private var isSomebodyWaiting = false

    /// Whether the next job may be begun now; where not, somebody waits for `letGo` to tell.
    mutating func mayTake(_ next: Job?) -> Bool {
        let isAlone = hands.values.contains { $0.job.isSuspect }
        let mayTake = !isAlone && (next?.isSuspect != true || hands.isEmpty)
        if !mayTake { isSomebodyWaiting = true }
        return mayTake
    }

    mutating func take(_ job: Job, as token: String, at now: ContinuousClock.Instant) {
        hands[token] = Hand(job: job, renewedAt: now)
    }

    /// - Parameter budget: what the file may take and a little more.
    mutating func begin(_ token: String, _ budget: ThreadTimeBudget) { hands[token]?.budget = budget }

    /// Whether others waited for this.
    mutating func letGo(_ token: String) -> Bool {
        guard hands.removeValue(forKey: token) != nil else { return false }
        defer { isSomebodyWaiting = false }
        return isSomebodyWaiting
    }

    /// Jobs that are measured, of which somebody may ask whether they still need to be. Those that were only just taken are not
    /// among them: their leases may not be committed yet.
    var measured: [Job] { hands.values.filter(\.isWanted).map(\.job) }

    /// Nobody needs what is found any more. Nothing happens where the worker has let go of that job, even if it has it again.
    mutating func cancel(_ job: Job) {
        for (token, hand) in hands where hand.job == job { hands[token]?.isCancelled = true }
    }

    func isCancelled(_ token: String) -> Bool { hands[token]?.isCancelled == true }

    /// Jobs whose budget is used up and whose worker does not notice, each answered once.
    mutating func overdue() -> [Job] {
        hands.filter { !$0.value.isDecided && $0.value.budget?.isUsedUp == true }.map { token, hand in
            hands[token]?.isDecided = true
            return hand.job
        }
    }

    /// Jobs that were taken or answered here longer ago than this.
    mutating func toRenew(after age: Duration, at now: ContinuousClock.Instant) -> [Job] {
        hands.filter { !$0.value.isDecided && !$0.value.isCancelled && now - $0.value.renewedAt > age }.map { token, hand in
            hands[token]?.renewedAt = now
            return hand.job
        }
    }
}

extension Job {
    /// Whether the process ended while it was worked on.
    fileprivate var isSuspect: Bool { crashes > 0 }
}

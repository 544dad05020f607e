import Synchronization

/// A token bucket for each of many clients, in bounded memory.
///
/// A bucket is one number, the moment at which it will be full again; one that is full needs no memory at all.
final class TokenBuckets<Client: Hashable & Sendable>: Sendable {
    let limit: RateLimit
    private let countMax: Int
    private let fullAt = Mutex<[Client: Double]>([:])

    /// - Parameter countMax: buckets that are kept. Beyond, full ones are forgotten, and where none are, the half that
    ///   is nearest to it: whoever comes from ever new addresses gains nothing but their own full buckets.
    init(_ limit: RateLimit, countMax: Int) {
        self.limit = limit
        self.countMax = countMax
    }

    /// Buckets in memory.
    var count: Int { fullAt.withLock { $0.count } }

    /// Takes a token where there is one.
    /// - Parameter now: seconds of a clock that only goes forward.
    func take(_ client: Client, at now: Double) -> (isTaken: Bool, standing: Standing) {
        fullAt.withLock { fullAt in
            let known = max(fullAt[client] ?? now, now)
            let next = known + 1 / limit.perSecond
            guard tokens(fullAt: next, at: now) >= 0 else { return (false, standing(fullAt: known, at: now)) }
            if fullAt.count >= countMax, fullAt[client] == nil { makeRoom(in: &fullAt, at: now) }
            fullAt[client] = next
            return (true, standing(fullAt: next, at: now))
        }
    }

    /// How the client stands, without taking anything.
    func standing(of client: Client, at now: Double) -> Standing {
        let known = fullAt.withLock { $0[client] }
        return standing(fullAt: max(known ?? now, now), at: now)
    }

    private func standing(fullAt: Double, at now: Double) -> Standing {
        let tokens = tokens(fullAt: fullAt, at: now)
        let remaining = max(0, Int(tokens.rounded(.down)))
        let seconds = remaining > 0 ? fullAt - now : (1 - tokens) / limit.perSecond
        return Standing(limit: limit, remaining: remaining, resetSeconds: Int(seconds.rounded(.up)))
    }

    /// The tolerance keeps a sum of thousands of steps from losing a token to rounding.
    private func tokens(fullAt: Double, at now: Double) -> Double {
        Double(limit.burst) - (fullAt - now) * limit.perSecond + 1e-6
    }

    private func makeRoom(in fullAt: inout [Client: Double], at now: Double) {
        fullAt = fullAt.filter { $0.value > now }
        guard fullAt.count > countMax / 2 else { return }
        let middle = fullAt.values.sorted()[fullAt.count / 2]
        fullAt = fullAt.filter { $0.value > middle }
    }
}

import HTTP
import Synchronization

/// One request of a client that limits hold for.
final class Visit: Sendable {
    /// The client's address as far as it counts.
    private let client: IPAddress
    private let limits: ClientLimits
    /// What the answer tells: one standing a limit, in the order in which they were met.
    private let standings = Mutex<[Standing]>([])

    init(client: IPAddress, limits: ClientLimits) {
        self.client = client
        self.limits = limits
    }

    /// Counts the request for its address.
    /// - Throws: 429.
    func countAddress() throws(Problem) {
        guard let addresses = limits.addresses else { return }
        try settle(addresses.take(client, at: limits.now))
    }

    /// Counts the request for its key, which is known to be right.
    /// - Throws: 429.
    func count(key: String) throws(Problem) {
        guard let keys = limits.keys else { return }
        try settle(keys.take(key, at: limits.now))
    }

    /// Refuses a client that guesses, before its guess is looked up.
    /// - Parameter credential: what is shown, where that is known by now.
    /// - Throws: 429.
    func checkFailures(_ credential: () throws(Problem) -> Credential?) throws(Problem) {
        guard let failures = limits.failures else { return }
        let standing = failures.standing(of: client, at: limits.now)
        guard standing.remaining == 0 else { return }
        if let shown = try? credential(), limits.known.contains(shown) { return }
        try settle((false, standing))
    }

    /// Counts a wrong key, session or token.
    func noteFailure() {
        guard let failures = limits.failures else { return }
        note(failures.take(client, at: limits.now).standing)
    }

    /// Remembers that the credential is right.
    func noteSuccess(_ credential: Credential) {
        guard limits.failures != nil, !limits.known.contains(credential) else { return }
        limits.known.insert(credential)
    }

    /// Adds `RateLimit-Policy` and `RateLimit`, as draft-ietf-httpapi-ratelimit-headers-10 has them.
    func describe(in fields: inout Fields) {
        let standings = standings.withLock { $0 }
        guard !standings.isEmpty else { return }
        fields["RateLimit-Policy"] = standings.map(\.limit.policy).joined(separator: ", ")
        fields["RateLimit"] = standings.map(\.item).joined(separator: ", ")
    }

    private func settle(_ result: (isTaken: Bool, standing: Standing)) throws(Problem) {
        note(result.standing)
        guard result.isTaken else { throw limits.refusal(result.standing) }
    }

    private func note(_ standing: Standing) {
        standings.withLock { standings in
            standings.removeAll { $0.limit.name == standing.limit.name }
            standings.append(standing)
        }
    }
}

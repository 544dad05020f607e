import Synchronization

/// Uploads that a request is at work on right now, one request each. A request that has received nothing for a while may be that of a
/// client that vanished: the next one of the same owner ends it, as the best practice of tus has it, and one that still gets bytes
/// keeps its upload.
final class BusyUploads: Sendable {
    /// How long a request keeps its upload without receiving a byte.
    static let idleMax = Duration.seconds(5)

    private let claims = Mutex<[String: UploadClaim]>([:])
    private let clock: @Sendable () -> ContinuousClock.Instant

    init(clock: @escaping @Sendable () -> ContinuousClock.Instant) { self.clock = clock }

    /// The right to change an upload until `release`.
    /// - Throws: 423 where another request has it.
    func claim(_ id: String) throws(Problem) -> UploadClaim {
        endIdle(id)
        let claim = UploadClaim(id, clock: clock)
        let isFree = claims.withLock { claims in
            guard claims[id] == nil else { return false }
            claims[id] = claim
            return true
        }
        guard isFree else { throw Problem(.locked, "Another request sends bytes of this upload now.") }
        return claim
    }

    /// Ends the request that has an upload, if it has received nothing for a while; what it received stays.
    func endIdle(_ id: String) {
        guard let claim = claims.withLock({ $0[id] }), clock() - claim.movedAt >= Self.idleMax else { return }
        claim.giveUp()
    }

    func release(_ claim: UploadClaim) {
        claims.withLock { claims in
            if claims[claim.id] === claim { claims[claim.id] = nil }
        }
    }
}

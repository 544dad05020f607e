import HTTP
import JSON

/// Keeps one client from taking what belongs to all. Everything is in memory: a restart fills every bucket.
public final class ClientLimits: Sendable {
    /// Keys whose buckets are kept; about 6 MB.
    static let keyCountMax = 65_536
    /// Addresses whose buckets are kept, for each of their two limits; about 5 MB each.
    static let addressCountMax = 65_536

    let keys: TokenBuckets<String>?
    let addresses: TokenBuckets<IPAddress>?
    let failures: TokenBuckets<IPAddress>?
    let known = KnownCredentials()
    private let exempt: AddressList
    private let clock: @Sendable () -> Double
    private let refusals: Counter

    /// - Parameter clock: seconds that only go forward.
    public init(_ settings: LimitSettings, metrics: Metrics, clock: @escaping @Sendable () -> Double) {
        keys = settings.key.map { TokenBuckets($0, countMax: Self.keyCountMax) }
        addresses = settings.address.map { TokenBuckets($0, countMax: Self.addressCountMax) }
        failures = settings.failure.map { TokenBuckets($0, countMax: Self.addressCountMax) }
        exempt = settings.exempt
        self.clock = clock
        refusals = metrics.counter("fairvoice_http_limited_total", "Requests refused with 429.", labels: ["limit"])
    }

    /// Where the request must be counted; nil where no limit holds for its client.
    func visit(of request: Request) -> Visit? {
        guard let client = request.client, !exempt.contains(client) else { return nil }
        return Visit(client: client.group, limits: self)
    }

    var now: Double { clock() }

    /// The refusal for a bucket that is empty.
    func refusal(_ standing: Standing) -> Problem {
        refusals.add(1, [standing.limit.name])
        let seconds = max(1, standing.resetSeconds)
        return Problem(
            .rateLimited, "The limit “\(standing.limit.name)” is reached; try again in \(seconds) s.",
            fields: Fields(["Retry-After": String(seconds)]),
            members: ["limit": .string(standing.limit.name), "violated-policies": [.string(standing.limit.name)]])
    }
}

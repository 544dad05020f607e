import HTTP
import Web

extension Settings {
    /// The slowest rate that is taken for one: once in some eleven days where the setting counts seconds.
    private static let rateMin = 1e-6
    private static let rateMax = 1e6
    private static let burstMax = 1_000_000

    /// How much one client may ask for.
    func limits() throws -> LimitSettings {
        LimitSettings(
            key: try limit("key", perSeconds: 1), address: try limit("address", perSeconds: 1),
            failure: try limit("failure", perSeconds: 60), exempt: try addresses("unlimited"))
    }

    /// Nil where the rate is 0.
    private func limit(_ name: String, perSeconds seconds: Double) throws -> RateLimit? {
        guard let rate = try number("\(name)-rate", in: 0...Self.rateMax), rate > 0,
            let burst = try integer("\(name)-burst", in: 1...Self.burstMax)
        else { return nil }
        guard rate >= Self.rateMin else {
            throw BadInput("--\(name)-rate must be 0 for no limit, or at least \(Self.rateMin), not “\(rate)”")
        }
        return RateLimit(name, perSecond: rate / seconds, burst: burst)
    }
}

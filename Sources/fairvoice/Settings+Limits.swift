import HTTP
import Web

extension Settings {
    private static let rateMax = 1_000_000

    /// How much one client may ask for.
    func limits() throws -> LimitSettings {
        LimitSettings(
            key: try limit("key", perSeconds: 1), address: try limit("address", perSeconds: 1),
            failure: try limit("failure", perSeconds: 60), exempt: try addresses("unlimited"))
    }

    /// Nil where the rate is 0.
    private func limit(_ name: String, perSeconds seconds: Double) throws -> RateLimit? {
        guard let rate = try integer("\(name)-rate", in: 0...Self.rateMax), rate > 0,
            let burst = try integer("\(name)-burst", in: 1...Self.rateMax)
        else { return nil }
        return RateLimit(name, perSecond: Double(rate) / seconds, burst: burst)
    }
}

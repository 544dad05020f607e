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

    /// Whose word about clients is taken.
    func forwarding() throws -> Forwarding {
        let text = self["proxy-fields"] ?? ""
        guard let source = Forwarding.Source(rawValue: text) else {
            let names = Forwarding.Source.allCases.map(\.rawValue).joined(separator: ", ")
            throw BadInput("--proxy-fields must be one of \(names), not “\(text)”")
        }
        return Forwarding(trusted: try addresses("trusted-proxies"), source: source)
    }

    /// Nil where the rate is 0.
    private func limit(_ name: String, perSeconds seconds: Double) throws -> RateLimit? {
        guard let rate = try integer("\(name)-rate", in: 0...Self.rateMax), rate > 0,
            let burst = try integer("\(name)-burst", in: 1...Self.rateMax)
        else { return nil }
        return RateLimit(name, perSecond: Double(rate) / seconds, burst: burst)
    }

    /// A list of addresses and ranges; empty for "none" and where it is not set.
    func addresses(_ name: String) throws -> AddressList {
        guard let text = self[name], text != "none", !text.isEmpty else { return AddressList() }
        let ranges = try text.split(separator: ",", omittingEmptySubsequences: false).map { piece in
            let piece = piece.drop { $0 == " " }
            guard let range = AddressRange(piece) else {
                throw BadInput(
                    "--\(name) must be addresses such as 192.0.2.1 and ranges such as 10.0.0.0/8 or fd00::/8, separated by "
                        + "commas, or none; “\(piece)” is neither (a range has no bits behind its length)")
            }
            return range
        }
        return AddressList(ranges)
    }
}

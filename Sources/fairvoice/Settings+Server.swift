import HTTP
import Server

extension Settings {
    private static let connectionCountRange = 1...1_000_000

    /// Where to listen, how many connections to take, and which proxies to believe.
    ///
    /// - Parameters:
    ///   - environment: where sockets that were passed are announced.
    ///   - processID: whom they are for.
    func server(environment: [String: String] = [:], processID: Int32 = 0) throws -> ServerConfiguration {
        ServerConfiguration(
            listeners: try listeners(environment: environment, processID: processID), certificates: try certificates(),
            httpsPort: try integer("https-port", in: 1...65_535).map { UInt16($0) },
            connectionCountMax: try integer("connections", in: Self.connectionCountRange)
                ?? ServerConfiguration.connectionCountMaxDefault,
            connectionCountPerAddressMax: try integer("connections-per-address", in: Self.connectionCountRange)
                ?? ServerConfiguration.connectionCountPerAddressMaxDefault,
            uncapped: try addresses("unlimited"), forwarding: try forwarding())
    }

    /// Whose word about clients is taken.
    private func forwarding() throws -> Forwarding {
        let text = self["proxy-fields"] ?? ""
        guard let source = Forwarding.Source(rawValue: text) else {
            let names = Forwarding.Source.allCases.map(\.rawValue).joined(separator: ", ")
            throw BadInput("--proxy-fields must be one of \(names), not “\(text)”")
        }
        return Forwarding(trusted: try addresses("trusted-proxies"), source: source)
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

/// Who a request is from, where proxies stand between: what `Forwarded` (RFC 7239) or the older `X-Forwarded-…` fields
/// say, as far as they come from proxies that are believed.
public struct Forwarding: Sendable, Hashable {
    /// The fields that the proxies write. A proxy passes on what a client wrote under the names that it does not use itself.
    public enum Source: String, Sendable, CaseIterable {
        /// `X-Forwarded-For`, `-Proto` and `-Host`.
        case xForwarded = "x-forwarded"
        /// `Forwarded`.
        case forwarded
        /// Whichever is there; a request whose two name different clients is refused, because one of them is forged.
        case either
    }

    /// Who sent the request, and how it looked there.
    public struct Client: Sendable, Hashable {
        public var address: IPAddress
        /// Whether it came over TLS there; nil where no proxy says.
        public var isSecure: Bool?
        /// What `Host` was there; nil where no proxy says.
        public var host: String?
    }

    /// Elements and addresses of one request that are read; more is refused.
    public static let hopCountMax = 50

    /// Whose word is taken.
    public let trusted: AddressList
    public let source: Source

    public init(trusted: AddressList = AddressList(), source: Source = .either) {
        self.trusted = trusted
        self.source = source
    }

    /// The client of a request that came from `peer`. From the last hop to the first, the first address that is not believed
    /// is the client: everything before it is the client's own word. Where all are believed it is the first of them, and
    /// where a proxy does not name whom it had the request from, the proxy itself.
    /// - Throws: 400 where a field is malformed or the two contradict each other.
    public func client(of fields: Fields, from peer: IPAddress) throws(RequestFailure) -> Client {
        guard trusted.contains(peer) else { return Client(address: peer) }
        var standard: Client?
        var older: Client?
        if source != .xForwarded { standard = try ForwardedParser.hops(fields).map { client(through: $0, from: peer) } }
        if source != .forwarded { older = try XForwardedParser.hops(fields).map { client(through: $0, from: peer) } }
        if let standard, let older, standard.address != older.address {
            throw RequestFailure(status: 400, detail: "Forwarded and X-Forwarded-For name different clients")
        }
        return standard ?? older ?? Client(address: peer)
    }

    private func client(through hops: [ForwardedHop], from peer: IPAddress) -> Client {
        var client = Client(address: peer)
        for hop in hops.reversed() {
            // The word of the proxy that had the request from there, and where it says nothing, of the one behind it.
            client.isSecure = hop.isSecure ?? client.isSecure
            client.host = hop.host ?? client.host
            guard let address = hop.address else { break }
            client.address = address
            guard trusted.contains(address) else { break }
        }
        return client
    }
}

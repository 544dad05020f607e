/// Reads `X-Forwarded-For`, `X-Forwarded-Proto` and `X-Forwarded-Host`, which no standard describes: a list of addresses, to
/// which each proxy adds whom it had the request from, and what some proxy says of scheme and host.
enum XForwardedParser {
    /// A hop for each address, the first proxy's first; nil without any of the fields.
    /// - Throws: 400 where there are too many, or the host is none.
    static func hops(_ fields: Fields) throws(RequestFailure) -> [ForwardedHop]? {
        let addresses = list("X-Forwarded-For", fields)
        let schemes = list("X-Forwarded-Proto", fields)
        let hosts = list("X-Forwarded-Host", fields)
        guard !addresses.isEmpty || !schemes.isEmpty || !hosts.isEmpty else { return nil }
        guard max(addresses.count, schemes.count, hosts.count) <= Forwarding.hopCountMax else {
            throw RequestFailure(status: 400, detail: "X-Forwarded-For names more than \(Forwarding.hopCountMax) proxies")
        }
        guard hosts.allSatisfy({ Authority.isValid($0) }) else {
            throw RequestFailure(status: 400, detail: "X-Forwarded-Host is no host (RFC 9110 section 7.2)")
        }
        // A proxy that says only the scheme is a hop that does not tell whom from.
        let count = max(1, addresses.count)
        return (0..<count).map { index in
            ForwardedHop(
                address: index < addresses.count ? ForwardedHop.address(ofNode: addresses[index]) : nil,
                isSecure: value(of: schemes, at: index, count).flatMap { ForwardedHop.isSecure($0) },
                host: value(of: hosts, at: index, count))
        }
    }

    /// Where every proxy has written one it is that hop's; otherwise the last proxy's word, which wrote over the others'.
    private static func value(of values: [String], at index: Int, _ count: Int) -> String? {
        values.count == count ? values[index] : values.last
    }

    /// Cut at every comma: a quotation mark that a client leaves open must not swallow what the proxies wrote behind it.
    private static func list(_ name: String, _ fields: Fields) -> [String] {
        fields.values(name).flatMap { value in
            value.utf8.split(separator: Octets.comma).map { String(Substring($0.trimmingBlanks())) }.filter { !$0.isEmpty }
        }
    }
}

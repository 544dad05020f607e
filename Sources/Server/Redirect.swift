import HTTP

/// Where a request of plain HTTP belongs: the same place under https.
enum Redirect {
    static let defaultPort: UInt16 = 443

    /// The answer: 308, which keeps method and body (RFC 9110 section 15.4.9), to a host that a certificate is for. Another host is
    /// 421: no other server is to be advertised, least of all from somebody's cache.
    static func response(
        to request: Request, port: UInt16, certificates: TLSCertificates?
    ) throws(RequestFailure) -> Response {
        guard let authority = request.fields["Host"], let host = host(of: authority) else {
            throw RequestFailure(status: 400, detail: "Without Host there is no place under https (RFC 9110 section 7.2)")
        }
        let isNumeric6 = host.contains(":")
        guard certificates?.covers(host) == true else {
            throw RequestFailure(status: 421, detail: "There is no certificate for this host (RFC 9110 section 15.5.20)")
        }
        let target = request.target.hasPrefix("/") ? request.target : "/"
        let place = (isNumeric6 ? "[\(host)]" : host) + (port == defaultPort ? "" : ":\(port)")
        return Response(status: 308, fields: Fields(["Location": "https://\(place)\(target)"]))
    }

    /// The host without port and brackets. The parser has checked its form.
    private static func host(of authority: String) -> String? {
        let host: Substring
        if authority.hasPrefix("[") {
            host = authority.dropFirst().prefix { $0 != "]" }
        } else {
            host = authority.prefix { $0 != ":" }
        }
        return host.isEmpty ? nil : String(host)
    }
}

import Crypto
import HTTP

/// Keeps other sites from using a session that a browser sends along.
enum CrossSite {
    static let tokenField = "X-CSRF-Token"

    /// Refuses a request that changes something unless it comes from our own pages: what the browser says about its origin
    /// must not speak against it, and the page must know the session's token.
    static func check(_ request: Request, token: String) throws(Problem) {
        if let site = request.fields["Sec-Fetch-Site"], site != "same-origin" {
            throw Problem(.crossSite, "Sec-Fetch-Site is \(site).")
        }
        if let origin = request.fields["Origin"], !isOwn(origin, of: request) {
            throw Problem(.crossSite, "The Origin is not this server.")
        }
        guard let given = request.fields[tokenField], ConstantTime.equal(Array(given.utf8), Array(token.utf8)) else {
            throw Problem(.crossSite, "\(tokenField) does not hold the session's token.")
        }
    }

    /// Compares the authority alone: a proxy may have ended TLS.
    private static func isOwn(_ origin: String, of request: Request) -> Bool {
        guard let host = request.fields["Host"], !host.isEmpty else { return false }
        let own = host.lowercased()
        return origin.lowercased() == "https://" + own || (!request.isSecure && origin.lowercased() == "http://" + own)
    }
}

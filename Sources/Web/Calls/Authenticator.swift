import Domain
import HTTP

/// Finds out who calls. Blocking: it runs on the pool.
public struct Authenticator: Sendable {
    private let find: @Sendable (Credential) throws -> Principal?

    /// - Parameter find: looks a credential up where it is stored; nil when it is unknown, revoked or expired.
    public init(_ find: @escaping @Sendable (Credential) throws -> Principal?) { self.find = find }

    /// The caller, if the route lets them in; nil where it asks nobody.
    /// - Throws: 401, 403 or 429 problems, and what the look-up throws.
    func principal(of request: Request, for route: Route, _ visit: Visit?) throws -> Principal? {
        guard route.authorisation != .anyone else { return nil }
        guard let credential = try Credential(request) else {
            throw Problem.unauthenticated("Send a key as Authorization: Bearer fv_….", isKeyWrong: false)
        }
        // Others may have failed from there since the request was planned.
        try visit?.checkFailures { () throws(Problem) in credential }
        guard let principal = try find(credential) else {
            throw Problem.unauthenticated("The key or session is unknown, revoked or expired.", isKeyWrong: true)
        }
        visit?.noteSuccess(credential)
        try visit?.count(key: principal.key.text)
        if let token = principal.csrfToken, !route.isSafe { try CrossSite.check(request, token: token) }
        guard route.authorisation.allows(principal.role) else {
            throw Problem(.forbidden, "A key of role \(principal.role.rawValue) can't do this.")
        }
        return principal
    }
}

extension Problem {
    /// Whether this is the refusal of a credential, not of its absence.
    var isKeyWrong: Bool { fields["WWW-Authenticate"]?.contains("invalid_token") == true }

    /// 401 with the challenge of RFC 6750 section 3.
    static func unauthenticated(_ detail: String, isKeyWrong: Bool) -> Problem {
        let challenge = #"Bearer realm="fairvoice""# + (isKeyWrong ? #", error="invalid_token""# : "")
        return Problem(.unauthenticated, detail, fields: Fields(["WWW-Authenticate": challenge]))
    }
}

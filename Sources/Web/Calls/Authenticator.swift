import Domain
import HTTP

/// Finds out who calls. Blocking: it runs on the pool.
public struct Authenticator: Sendable {
    private let find: @Sendable (Credential) throws -> Principal?
    private let recall: @Sendable (Credential) -> Principal?

    /// - Parameters:
    ///   - recall: who showed a credential a moment ago, from memory; nil where it has to be looked up.
    ///   - find: looks a credential up where it is stored; nil when it is unknown, revoked or expired.
    public init(
        recall: @escaping @Sendable (Credential) -> Principal? = { _ in nil },
        _ find: @escaping @Sendable (Credential) throws -> Principal?
    ) {
        self.recall = recall
        self.find = find
    }

    /// A caller who is known and whom the route lets in; nil where it has to be found out. Does not block, and counts nothing.
    func knownPrincipal(of request: Request, for route: Route) -> (credential: Credential, principal: Principal)? {
        guard let credential = try? Credential(request), let principal = recall(credential),
            route.isSafe, route.authorisation.allows(principal.role)
        else { return nil }
        return (credential, principal)
    }

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

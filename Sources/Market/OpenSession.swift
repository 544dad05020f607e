import Crypto
import Domain
import Storage

/// A sign-in of the pages: the secret goes into a cookie, the CSRF token into the page.
public struct NewSession: Sendable {
    public let secret: String
    public let csrfToken: String
    public let principal: Principal
    public let expiresAt: Timestamp
}

extension Marketplace {
    /// How long a sign-in lasts.
    public static let sessionDays: Int64 = 14

    /// Opens a session for the holder of a key; nil for a key that is none.
    public func openSession(bearer: String, at now: Timestamp, in db: Connection) throws -> NewSession? {
        guard let principal = try principal(bearer: bearer, in: db) else { return nil }
        let secret = Base64.encodeURL(SecureRandom.bytes(32))
        let csrfToken = Base64.encodeURL(SecureRandom.bytes(18))
        let expiresAt = now.adding(days: Self.sessionDays)
        try Sessions.insert(
            ids.make(at: now), digest: SHA256.hash(secret.utf8), csrfToken: csrfToken, key: principal.key, at: now,
            expiresAt: expiresAt, in: db)
        return NewSession(secret: secret, csrfToken: csrfToken, principal: principal, expiresAt: expiresAt)
    }

    /// The open session of a cookie.
    public func session(secret: String, at now: Timestamp, in db: Connection) throws -> Sessions.Record? {
        try Sessions.find(digest: SHA256.hash(secret.utf8), at: now, in: db)
    }
}

import Crypto
import HTTP

/// What a client shows to say who it is.
public enum Credential: Sendable, Hashable {
    case key(APIKey)
    /// The value of the session cookie.
    case session(String)

    /// The secret as the client sent it.
    public var secret: String {
        switch self {
        case .key(let key): key.text
        case .session(let token): token
        }
    }

    /// What the request shows: a bearer key, or else a session cookie; nil where it shows neither.
    /// - Throws: 401 for an `Authorization` that is no well-formed key.
    init?(_ request: Request) throws(Problem) {
        if let authorization = request.fields["Authorization"] {
            self = .key(try Self.bearer(authorization, fields: request.fields))
        } else if let token = SessionCookie.token(in: request) {
            self = .session(token)
        } else {
            return nil
        }
    }

    private static func bearer(_ authorization: String, fields: Fields) throws(Problem) -> APIKey {
        let parts = authorization.split(separator: " ", maxSplits: 1)
        guard fields.values("Authorization").count == 1, parts.count == 2, parts[0].lowercased() == "bearer",
            let key = APIKey(parts[1].trimmingPrefix { $0 == " " }.description)
        else { throw .unauthenticated("The Authorization field holds no well-formed key.", isKeyWrong: true) }
        return key
    }
}

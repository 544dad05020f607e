import Crypto
import Domain
import HTTP
import JSON
import Market
import Storage

extension MarketRoutes {
    /// Signing in and out, for the pages.
    var sessions: [Route] {
        [
            Route(
                .post, "/v1/sessions", "Sign in with a key: sets a cookie", .everyone, .anyone,
                body: .json(.object([.required("key", .string(1...100), "A key that begins with fv_")])),
                answers: [
                    .json(
                        "Signed in",
                        .object([
                            .required("role", .choice(Role.self), "What the key may do"),
                            .required("owner", .string(), "Whose it is"),
                            .required("csrf_token", .string(), "Send it as X-CSRF-Token with everything but GET"),
                            .required("expires_at", .timestamp, "When the session ends"),
                        ]), status: 201)
                ], problems: [.unauthenticated], traits: [.showsSecret]
            ) { call in
                let key = try call.read { reader throws(FieldErrors) in
                    let key = reader.string("key", min: 1, max: 100)
                    try reader.finish()
                    return key
                }
                // A wrong key must not cost a turn of the one writer.
                guard try look({ db in try market.principal(bearer: key, in: db) }) != nil else {
                    throw Problem.unauthenticated("The key is unknown or revoked.", isKeyWrong: true)
                }
                return try change(call) { db, now in
                    guard let session = try market.openSession(bearer: key, at: now, in: db) else {
                        throw Problem.unauthenticated("The key is unknown or revoked.", isKeyWrong: true)
                    }
                    var response = Response.json(
                        201,
                        [
                            "role": .string(session.principal.role.rawValue), "owner": .string(session.principal.owner),
                            "csrf_token": .string(session.csrfToken), "expires_at": session.expiresAt.json,
                        ])
                    response.fields["Set-Cookie"] = SessionCookie.opening(
                        session.secret, seconds: Marketplace.sessionDays * 86_400, isSecure: call.request.isSecure)
                    return response
                }
            },
            Route(
                .delete, "/v1/sessions/current", "Sign out", .everyone, .anyKey, answers: [.noContent("Signed out")]
            ) { call in
                try call.preconditions?.check(nil)
                if case .session(let secret) = try Credential(call.request) {
                    _ = try market.store.write { db in
                        if let session = try market.session(secret: secret, at: market.now, in: db) {
                            try Sessions.end(session.id, at: market.now, in: db)
                        }
                    }
                }
                var response = Response.noContent
                response.fields["Set-Cookie"] = SessionCookie.closing(isSecure: call.request.isSecure)
                return response
            },
        ]
    }

    /// Who shows this credential: what the web layer asks before every route that wants a key.
    public var authenticator: Authenticator {
        Authenticator(recall: { [principals] credential in
            guard case .key(let key) = credential else { return nil }
            return principals.principal(digest: key.digest)
        }) { [market, principals] credential in
            switch credential {
            case .key(let key):
                return try principals.principal(digest: key.digest) {
                    try market.store.read { db in
                        try market.principal(bearer: key.text, in: db).map {
                            Principal(role: $0.role, owner: $0.owner, key: $0.key)
                        }
                    }
                }
            case .session(let secret):
                return try market.store.read { db in
                    try market.session(secret: secret, at: market.now, in: db).map {
                        Principal(role: $0.key.role, owner: $0.key.owner, key: $0.key.id, csrfToken: $0.csrfToken)
                    }
                }
            }
        }
    }
}

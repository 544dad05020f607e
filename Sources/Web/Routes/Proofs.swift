import Crypto
import Domain
import HTTP
import JSON
import Market
import Storage

extension MarketRoutes {
    /// The published keys, and what may not be used any more.
    var proofs: [Route] {
        [
            Route(
                .get, "/.well-known/jwks.json", "The keys that sign quotes and revocations", .everyone, .anyone,
                answers: [
                    .json(
                        "A JWK set (RFC 7517)",
                        .object([
                            .required("keys", .array(of: .map(of: .string())), "Newest first; old ones stay published")
                        ]))
                ], traits: [.conditional]
            ) { _ in
                try look { db in
                    let keys = try SigningKeys.all(in: db).compactMap { Ed25519.PublicKey(bytes: $0.publicKey).map { JWK($0) } }
                    return .taggedJSON(["keys": .array(keys.map(\.json))])
                }
            },
            Route(
                .get, "/v1/revocations", "The signed feed of withdrawn recordings", .everyone, .anyone,
                parameters: [.query("since", .integer(0...Int64.max), "Sequence of the last one seen", default: 0)]
                    + Parameter.page,
                answers: [.page("Tombstones, oldest first", of: .revocation)]
            ) { call in
                let asked = try call.page()
                let after = asked.after?.first.flatMap { Int64($0) } ?? call.query.integer("since") ?? 0
                return try look { db in
                    let page = try Revocations.list(after: after, limit: asked.limit, in: db)
                    return call.list(page, cursor: { Cursor(String($0.sequence)) }, json: \.json)
                }
            },
        ]
    }
}

extension Schema {
    static let revocation = named(
        "Revocation",
        object([
            .required("sequence", .integer(1...Int64.max), "Position in the feed"),
            .required("id", .id(Revocation.self), "The tombstone"),
            .required("recording", .id(Recording.self), "What may not be used"), .required("sha256", .sha256, "Of its audio"),
            .required("reason", .string(), "Why"), .required("revoked_at", .timestamp, "When"),
            .required("jws", .string(), "All of this, signed (RFC 7515)"),
        ]))
}

extension JWK {
    /// The key with what it is for.
    var json: JSON {
        var object = JSONObject(members: members.map { ($0.name, .string($0.value)) })
        object["kid"] = .string(keyID)
        object["use"] = "sig"
        object["alg"] = .string(JWS.algorithm)
        return .object(object)
    }
}

extension Revocation {
    var json: JSON {
        [
            "sequence": .integer(sequence), "id": .string(id.text), "recording": .string(recording.text),
            "sha256": .string(sha256), "reason": .string(reason), "revoked_at": revokedAt.json, "jws": .string(jws),
        ]
    }
}

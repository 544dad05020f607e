/// A public Ed25519 key as the members of a JSON Web Key (RFC 7517, RFC 8037 section 2).
public struct JWK: Sendable, Hashable {
    public let publicKey: Ed25519.PublicKey

    public init(_ publicKey: Ed25519.PublicKey) { self.publicKey = publicKey }

    /// Members with their values, all of them strings: `kty`, `crv`, `x`, `kid`, `alg`, `use`.
    public var members: [(name: String, value: String)] {
        [
            ("kty", "OKP"), ("crv", "Ed25519"), ("x", x), ("kid", keyID), ("alg", JWS.algorithm), ("use", "sig"),
        ]
    }

    /// The key's name: its thumbprint (RFC 7638 with the members that RFC 8037 section 2 requires), 43 characters.
    public var keyID: String {
        Base64.encodeURL(SHA256.hash(#"{"crv":"Ed25519","kty":"OKP","x":"\#(x)"}"#.utf8))
    }

    private var x: String { Base64.encodeURL(publicKey.bytes) }
}

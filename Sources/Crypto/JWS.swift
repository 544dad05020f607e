/// Signed texts in the compact form of RFC 7515, with Ed25519 and nothing else (RFC 8037, RFC 9864).
public enum JWS {
    /// The header's `alg` (RFC 9864 section 2.2).
    public static let algorithm = "Ed25519"

    /// Names by which others call the same algorithm, accepted when verifying.
    private static let algorithmsAccepted: Set<String> = [algorithm, "EdDSA"]

    /// Signs a payload. Key id and type are plain ASCII without quote and backslash.
    /// - Parameter type: What kind of text this is (`typ`), so that one kind is not taken for another.
    public static func sign(
        _ payload: [UInt8], key: Ed25519.PrivateKey, keyID: String, type: String? = nil
    ) -> String {
        let header = JWSHeader(algorithm: algorithm, keyID: keyID, type: type)
        let signed = Base64.encodeURL(header.bytes) + "." + Base64.encodeURL(payload)
        return signed + "." + Base64.encodeURL(key.sign(signed.utf8))
    }

    /// The payload, if the key that the header names has signed it. The keys decide the algorithm: a header that asks for
    /// another is refused.
    public static func verify(
        _ compact: String, keys: [String: Ed25519.PublicKey], type: String? = nil
    ) throws(JWSError) -> [UInt8] {
        let header = try header(of: compact)
        guard let keyID = header.keyID, let key = keys[keyID] else { throw .unknownKey(header.keyID) }
        return try verify(compact, key: key, type: type)
    }

    /// The payload, if this key has signed it.
    public static func verify(
        _ compact: String, key: Ed25519.PublicKey, type: String? = nil
    ) throws(JWSError) -> [UInt8] {
        let header = try header(of: compact)
        if let type, header.type != type { throw .wrongType(header.type) }
        let parts = try parts(of: compact)
        guard let payload = Base64.decodeURL(parts[1]), let signature = Base64.decodeURL(parts[2]) else {
            throw .malformed
        }
        let signed = compact.utf8.prefix(parts[0].utf8.count + 1 + parts[1].utf8.count)
        guard key.verify(signature, of: signed) else { throw .badSignature }
        return payload
    }

    private static func header(of compact: String) throws(JWSError) -> JWSHeader {
        guard let bytes = Base64.decodeURL(try parts(of: compact)[0]), let header = JWSHeader(bytes) else {
            throw .malformed
        }
        guard algorithmsAccepted.contains(header.algorithm) else { throw .algorithmRefused(header.algorithm) }
        return header
    }

    private static func parts(of compact: String) throws(JWSError) -> [Substring] {
        let parts = compact.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 3 else { throw .malformed }
        return parts
    }
}

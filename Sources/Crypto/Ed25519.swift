/// Signatures on Curve25519 (RFC 8032, PureEdDSA). Keys are safe to use from many threads.
public enum Ed25519 {
    /// Bytes in a seed and in a public key.
    public static let keyByteCount = 32
    public static let signatureByteCount = 64
}

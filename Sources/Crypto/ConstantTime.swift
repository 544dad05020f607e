import COpenSSL

/// Comparison of secrets.
public enum ConstantTime {
    /// Whether the bytes are equal; the time taken tells nothing but whether their lengths differ.
    public static func equal(_ one: [UInt8], _ other: [UInt8]) -> Bool {
        one.count == other.count && CRYPTO_memcmp(one, other, one.count) == 0
    }
}

import COpenSSL

/// Message authentication with SHA-256 (RFC 2104).
public enum HMACSHA256 {
    /// The 32 bytes that authenticate a message under a key of any length.
    public static func code(for message: some Sequence<UInt8>, key: some Sequence<UInt8>) -> [UInt8] {
        LibCrypto.withBytes(key) { keyStart, keyCount in
            LibCrypto.withBytes(message) { start, count in
                [UInt8](unsafeUninitializedCapacity: SHA256.byteCount) { buffer, initialised in
                    let made = EVP_Q_mac(
                        nil, "HMAC", nil, "SHA256", nil, keyStart, keyCount, start, count, buffer.baseAddress, buffer.count,
                        &initialised)
                    precondition(made != nil && initialised == SHA256.byteCount, "libcrypto failed in HMAC")
                }
            }
        }
    }

    /// Whether the code authenticates the message, in time that does not tell where they differ.
    public static func isValid(
        _ code: [UInt8], for message: some Sequence<UInt8>, key: some Sequence<UInt8>
    ) -> Bool {
        ConstantTime.equal(code, self.code(for: message, key: key))
    }
}

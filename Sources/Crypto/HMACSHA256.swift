import COpenSSL

/// Message authentication with SHA-256 (RFC 2104).
public enum HMACSHA256 {
    /// The algorithm without a key: looking it up takes longer than a code. Never changed or freed, only copied.
    private nonisolated(unsafe) static let prepared: OpaquePointer = {
        let mac = EVP_MAC_fetch(nil, "HMAC", nil)
        let context = EVP_MAC_CTX_new(mac)!
        EVP_MAC_free(mac)
        var name = Array("SHA256".utf8CString)
        name.withUnsafeMutableBufferPointer { digest in
            var parameters = [OSSL_PARAM_construct_utf8_string("digest", digest.baseAddress, 0), OSSL_PARAM_construct_end()]
            LibCrypto.demand(EVP_MAC_CTX_set_params(context, &parameters))
        }
        return context
    }()

    /// The 32 bytes that authenticate a message under a key of any length.
    public static func code(for message: some Sequence<UInt8>, key: some Sequence<UInt8>) -> [UInt8] {
        code(for: Array(message), key: Array(key))
    }

    /// The same for arrays: without generics, which cost more than a short code.
    public static func code(for message: [UInt8], key: [UInt8]) -> [UInt8] {
        LibCrypto.withBytes(key) { keyStart, keyCount in
            message.withUnsafeBufferPointer { message in
                [UInt8](unsafeUninitializedCapacity: SHA256.byteCount) { buffer, initialised in
                    let context = EVP_MAC_CTX_dup(prepared)
                    defer { EVP_MAC_CTX_free(context) }
                    LibCrypto.demand(EVP_MAC_init(context, keyStart, keyCount, nil))
                    LibCrypto.demand(EVP_MAC_update(context, message.baseAddress, message.count))
                    LibCrypto.demand(EVP_MAC_final(context, buffer.baseAddress, &initialised, buffer.count))
                    precondition(initialised == SHA256.byteCount, "libcrypto failed in HMAC")
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

import COpenSSL

/// Owns one libcrypto key.
/// Unchecked: the key is not changed after it is made, and libcrypto lets many threads use one key.
final class Ed25519Handle: @unchecked Sendable {
    let key: OpaquePointer

    /// Takes over what `EVP_PKEY_new_raw_…` made.
    init(owning key: OpaquePointer) { self.key = key }

    deinit { EVP_PKEY_free(key) }
}

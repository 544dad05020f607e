import COpenSSL

extension Ed25519 {
    /// A key that checks signatures.
    public struct PublicKey: Sendable {
        /// The 32 bytes of RFC 8032 section 5.1.5.
        public let bytes: [UInt8]
        private let handle: Ed25519Handle

        /// Nil unless there are 32 bytes.
        public init?(bytes: [UInt8]) {
            guard bytes.count == keyByteCount,
                let key = EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nil, bytes, bytes.count)
            else { return nil }
            self.bytes = bytes
            handle = Ed25519Handle(owning: key)
        }

        /// Whether the signature is the message's under this key.
        public func verify(_ signature: [UInt8], of message: some Sequence<UInt8>) -> Bool {
            guard signature.count == signatureByteCount else { return false }
            let context = EVP_MD_CTX_new()!
            defer {
                EVP_MD_CTX_free(context)
                ERR_clear_error()
            }
            LibCrypto.demand(EVP_DigestVerifyInit(context, nil, nil, nil, handle.key))
            return LibCrypto.withBytes(message) { start, count in
                EVP_DigestVerify(context, signature, signature.count, start, count) == 1
            }
        }
    }
}

extension Ed25519.PublicKey: Hashable {
    public static func == (one: Self, other: Self) -> Bool { one.bytes == other.bytes }

    public func hash(into hasher: inout Hasher) { hasher.combine(bytes) }
}

extension Ed25519.PublicKey: CustomStringConvertible {
    /// The bytes in URL-safe base64.
    public var description: String { Base64.encodeURL(bytes) }
}

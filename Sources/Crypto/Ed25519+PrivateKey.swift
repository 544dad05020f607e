import COpenSSL

extension Ed25519 {
    /// A key that signs.
    public struct PrivateKey: Sendable {
        private let handle: Ed25519Handle
        public let publicKey: PublicKey

        /// The key of a seed of 32 secret bytes (RFC 8032 section 5.1.5); nil for another length.
        public init?(seed: [UInt8]) {
            guard seed.count == keyByteCount,
                let key = EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, nil, seed, seed.count)
            else { return nil }
            handle = Ed25519Handle(owning: key)
            publicKey = PublicKey(
                bytes: Ed25519.raw { buffer, count in EVP_PKEY_get_raw_public_key(key, buffer, count) })!
        }

        /// A new key from 32 bytes of chance.
        public static func generate(random: (Int) -> [UInt8] = SecureRandom.bytes) -> PrivateKey {
            PrivateKey(seed: random(keyByteCount))!
        }

        /// The 32 secret bytes, for storing.
        public var seed: [UInt8] {
            Ed25519.raw { buffer, count in EVP_PKEY_get_raw_private_key(handle.key, buffer, count) }
        }

        /// The 64 bytes that sign the message; the same message gives the same bytes.
        public func sign(_ message: some Sequence<UInt8>) -> [UInt8] {
            let context = EVP_MD_CTX_new()!
            defer { EVP_MD_CTX_free(context) }
            LibCrypto.demand(EVP_DigestSignInit(context, nil, nil, nil, handle.key))
            return LibCrypto.withBytes(message) { start, count in
                [UInt8](unsafeUninitializedCapacity: signatureByteCount) { buffer, initialised in
                    initialised = signatureByteCount
                    LibCrypto.demand(EVP_DigestSign(context, buffer.baseAddress, &initialised, start, count))
                }
            }
        }
    }

    fileprivate static func raw(_ read: (UnsafeMutablePointer<UInt8>?, UnsafeMutablePointer<Int>) -> Int32) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: keyByteCount) { buffer, initialised in
            initialised = keyByteCount
            LibCrypto.demand(read(buffer.baseAddress, &initialised))
        }
    }
}

extension Ed25519.PrivateKey: CustomStringConvertible {
    /// Names the key without giving it away.
    public var description: String { "Ed25519 private key of \(publicKey)" }
}

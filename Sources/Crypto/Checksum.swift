import COpenSSL

/// A digest piece by piece, by an algorithm that a client chooses. SHA-1 finds accidents, not malice.
public final class Checksum {
    public enum Algorithm: String, CaseIterable, Sendable {
        case sha1, sha256
    }

    private let context = EVP_MD_CTX_new()!

    public init(_ algorithm: Algorithm) {
        let digest = algorithm == .sha1 ? EVP_sha1() : EVP_sha256()
        LibCrypto.demand(EVP_DigestInit_ex2(context, digest, nil))
    }

    deinit { EVP_MD_CTX_free(context) }

    public func update(_ bytes: some Sequence<UInt8>) {
        LibCrypto.withBytes(bytes) { start, count in LibCrypto.demand(EVP_DigestUpdate(context, start, count)) }
    }

    /// The digest of everything added; nothing may be added after.
    public func finish() -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: Int(EVP_MAX_MD_SIZE)) { buffer, count in
            var length: UInt32 = 0
            LibCrypto.demand(EVP_DigestFinal_ex(context, buffer.baseAddress, &length))
            count = Int(length)
        }
    }
}

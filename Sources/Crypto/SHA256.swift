import COpenSSL

/// SHA-256 (FIPS 180-4), at once or piece by piece.
public struct SHA256: ~Copyable {
    /// Bytes in a digest.
    public static let byteCount = 32

    private let context: OpaquePointer

    /// Looked up once: libcrypto 3 searches its providers on every use otherwise. Never changed or freed.
    private nonisolated(unsafe) static let algorithm = EVP_MD_fetch(nil, "SHA256", nil)!

    public init() {
        context = EVP_MD_CTX_new()!
        LibCrypto.demand(EVP_DigestInit_ex2(context, Self.algorithm, nil))
    }

    deinit { EVP_MD_CTX_free(context) }

    /// Adds bytes; contiguous ones are not copied.
    public mutating func update(_ bytes: some Sequence<UInt8>) {
        LibCrypto.withBytes(bytes) { start, count in LibCrypto.demand(EVP_DigestUpdate(context, start, count)) }
    }

    /// The 32 bytes that digest everything added so far; more may be added after.
    public func digest() -> [UInt8] {
        let copy = EVP_MD_CTX_new()!
        defer { EVP_MD_CTX_free(copy) }
        LibCrypto.demand(EVP_MD_CTX_copy_ex(copy, context))
        return [UInt8](unsafeUninitializedCapacity: Self.byteCount) { buffer, count in
            LibCrypto.demand(EVP_DigestFinal_ex(copy, buffer.baseAddress, nil))
            count = Self.byteCount
        }
    }

    /// The 32 bytes that digest the bytes.
    public static func hash(_ bytes: some Sequence<UInt8>) -> [UInt8] {
        LibCrypto.withBytes(bytes) { start, count in hash(start, count) }
    }

    /// The same for an array: without generics, which cost more than a short hash.
    public static func hash(_ bytes: [UInt8]) -> [UInt8] {
        bytes.withUnsafeBufferPointer { hash($0.baseAddress, $0.count) }
    }

    private static func hash(_ start: UnsafePointer<UInt8>?, _ count: Int) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: byteCount) { buffer, initialised in
            LibCrypto.demand(EVP_Digest(start, count, buffer.baseAddress, nil, algorithm, nil))
            initialised = byteCount
        }
    }
}

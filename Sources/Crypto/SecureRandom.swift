import COpenSSL

/// Unpredictable bytes from the system, by way of libcrypto's generator.
public enum SecureRandom {
    /// So many bytes. Traps when the system has no entropy to give.
    public static func bytes(_ count: Int) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: count) { buffer, initialised in
            LibCrypto.demand(count == 0 ? 1 : RAND_bytes(buffer.baseAddress, Int32(count)))
            initialised = count
        }
    }
}

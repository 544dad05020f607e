import Glibc
import HTTP

/// Where a connection comes from.
struct PeerAddress: Sendable, Equatable {
    let address: IPAddress
    /// Numeric; an IPv4 address that came over an IPv6 socket is written as IPv4.
    let text: String

    init(_ storage: inout sockaddr_storage) {
        let isVersion4 = Int32(storage.ss_family) == AF_INET
        address = withUnsafeBytes(of: &storage) { bytes in
            if isVersion4 {
                return IPAddress(version4: UInt32(bigEndian: bytes.load(fromByteOffset: 4, as: UInt32.self)))
            }
            return IPAddress(
                high: UInt64(bigEndian: bytes.load(fromByteOffset: 8, as: UInt64.self)),
                low: UInt64(bigEndian: bytes.load(fromByteOffset: 16, as: UInt64.self)))
        }
        text = address.description
    }
}

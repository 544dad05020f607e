import Glibc
import HTTP

/// Where a connection comes from.
struct PeerAddress: Sendable, Equatable {
    let address: IPAddress
    /// Numeric; an IPv4 address that came over an IPv6 socket is written as IPv4. "unix" for a Unix socket, whose clients
    /// are on this machine and count as 127.0.0.1.
    let text: String

    private static let local = IPAddress(version4: 0x7F00_0001)

    init(_ storage: inout sockaddr_storage) {
        let family = Int32(storage.ss_family)
        guard family != AF_UNIX else {
            address = Self.local
            text = "unix"
            return
        }
        address = withUnsafeBytes(of: &storage) { bytes in
            if family == AF_INET {
                return IPAddress(version4: UInt32(bigEndian: bytes.load(fromByteOffset: 4, as: UInt32.self)))
            }
            return IPAddress(
                high: UInt64(bigEndian: bytes.load(fromByteOffset: 8, as: UInt64.self)),
                low: UInt64(bigEndian: bytes.load(fromByteOffset: 16, as: UInt64.self)))
        }
        text = address.description
    }
}

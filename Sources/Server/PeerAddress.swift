import Glibc

/// Where a connection comes from.
struct PeerAddress: Sendable, Equatable {
    /// Numeric; an IPv4 address that came over an IPv6 socket is written as IPv4.
    let text: String
    /// Equal for addresses that count as one: the whole of IPv4, the first 64 bits of IPv6.
    let group: UInt64
    let isLoopback: Bool

    init(_ storage: inout sockaddr_storage) {
        if Int32(storage.ss_family) == AF_INET {
            let address = withUnsafeBytes(of: &storage) { $0.load(fromByteOffset: 4, as: UInt32.self) }
            self.init(version4: UInt32(bigEndian: address))
        } else {
            let bytes = withUnsafeBytes(of: &storage) { Array($0[8..<24]) }
            self.init(version6: bytes)
        }
    }

    private init(text: String, group: UInt64, isLoopback: Bool) {
        self.text = text
        self.group = group
        self.isLoopback = isLoopback
    }

    private init(version4 address: UInt32) {
        let text = [24, 16, 8, 0].map { String(address >> UInt32($0) & 0xFF) }.joined(separator: ".")
        self.init(text: text, group: UInt64(address), isLoopback: address >> 24 == 127)
    }

    private init(version6 bytes: [UInt8]) {
        if bytes[..<10].allSatisfy({ $0 == 0 }), bytes[10] == 0xFF, bytes[11] == 0xFF {
            self.init(version4: bytes[12...].reduce(0) { $0 << 8 | UInt32($1) })
            return
        }
        var address = bytes
        var buffer = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN))
        inet_ntop(AF_INET6, &address, &buffer, socklen_t(buffer.count))
        let text = String(decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
        self.init(text: text, group: bytes[..<8].reduce(0) { $0 << 8 | UInt64($1) }, isLoopback: text == "::1")
    }
}

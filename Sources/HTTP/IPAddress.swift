/// A numeric address of either version. An IPv4 address is held as IPv6 writes it (`::ffff:a.b.c.d`), so that the same
/// client over either kind of socket is the same value.
public struct IPAddress: Sendable, Hashable {
    /// The first 64 bits of the IPv6 form.
    public let high: UInt64
    /// The last 64 bits of the IPv6 form.
    public let low: UInt64

    public init(high: UInt64, low: UInt64) {
        self.high = high
        self.low = low
    }

    /// The first byte of the address is the highest of the number.
    public init(version4 address: UInt32) {
        high = 0
        low = Self.mappedPrefix << 32 | UInt64(address)
    }

    private static let mappedPrefix: UInt64 = 0xFFFF

    public var isVersion4: Bool { high == 0 && low >> 32 == Self.mappedPrefix }

    public var isLoopback: Bool { isVersion4 ? low >> 24 & 0xFF == 127 : high == 0 && low == 1 }

    /// What counts as one client: the whole of an IPv4 address, the first 64 bits of an IPv6 address, of which a
    /// single customer has all the rest (RFC 6177).
    public var group: IPAddress { isVersion4 ? self : IPAddress(high: high, low: 0) }
}

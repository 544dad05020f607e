/// Addresses that begin with the same bits, such as "10.0.0.0/8", "2001:db8::/32" or one address alone (RFC 4632).
public struct AddressRange: Sendable, Hashable {
    private let base: IPAddress
    private let highMask: UInt64
    private let lowMask: UInt64

    /// Nil for no address, a length out of range, or an address that has bits behind its length.
    public init?(_ text: some StringProtocol) {
        let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        guard let first = parts.first, let address = IPAddress(first) else { return nil }
        var length = 128
        if parts.count == 2 {
            let bitCountMax = address.isVersion4 && !first.contains(":") ? 32 : 128
            guard (1...3).contains(parts[1].utf8.count), parts[1].utf8.allSatisfy({ Octets.isDigit($0) }),
                let bitCount = Int(parts[1]), bitCount <= bitCountMax
            else { return nil }
            length = bitCount + 128 - bitCountMax
        }
        highMask = Self.mask(min(length, 64))
        lowMask = Self.mask(max(length - 64, 0))
        base = address
        guard address.high & ~highMask == 0, address.low & ~lowMask == 0 else { return nil }
    }

    public func contains(_ address: IPAddress) -> Bool {
        address.high & highMask == base.high && address.low & lowMask == base.low
    }

    private static func mask(_ length: Int) -> UInt64 { length == 0 ? 0 : ~0 << UInt64(64 - length) }
}

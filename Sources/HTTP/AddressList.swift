/// A few ranges of addresses, such as those of the proxies that are believed.
public struct AddressList: Sendable, Hashable {
    public let ranges: [AddressRange]

    public init(_ ranges: [AddressRange] = []) { self.ranges = ranges }

    /// The machine itself.
    public static let loopback = AddressList(["127.0.0.0/8", "::1"].compactMap { AddressRange($0) })

    public var isEmpty: Bool { ranges.isEmpty }

    /// Cost: one comparison a range.
    public func contains(_ address: IPAddress) -> Bool {
        for range in ranges where range.contains(address) { return true }
        return false
    }
}

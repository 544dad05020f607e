/// What one proxy says of the request that it had.
struct ForwardedHop: Hashable {
    /// Whom from; nil where it does not know or does not tell.
    var address: IPAddress?
    var isSecure: Bool?
    var host: String?

    /// A node of RFC 7239 section 6: an address with or without a port, IPv6 in brackets. Bare IPv6 too, as
    /// `X-Forwarded-For` has it. Nil for "unknown", obfuscated names, and anything else.
    static func address(ofNode text: some StringProtocol) -> IPAddress? {
        if text.hasPrefix("[") {
            let parts = text.dropFirst().split(separator: "]", maxSplits: 1, omittingEmptySubsequences: false)
            guard parts.count == 2, parts[1].isEmpty || isPort(parts[1]), parts[0].contains(":") else { return nil }
            return IPAddress(parts[0])
        }
        if let address = IPAddress(text) { return address }
        guard let colon = text.firstIndex(of: ":"), isPort(text[colon...]) else { return nil }
        return IPAddress(text[..<colon])
    }

    /// ":" and digits, or an obfuscated port.
    private static func isPort(_ text: some StringProtocol) -> Bool {
        let bytes = text.utf8.dropFirst()
        guard text.utf8.first == Octets.colon, let first = bytes.first else { return false }
        if first == underscore { return bytes.dropFirst().allSatisfy { Octets.isToken($0) } }
        return bytes.count <= 5 && bytes.allSatisfy { Octets.isDigit($0) }
    }

    private static let underscore: UInt8 = 0x5F

    /// Nil for other schemes than http and https.
    static func isSecure(_ scheme: some StringProtocol) -> Bool? {
        if Fields.same(String(scheme), "https") { return true }
        return Fields.same(String(scheme), "http") ? false : nil
    }
}

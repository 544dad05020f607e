/// The check of `Host` and of the authority in a target (RFC 9110 section 7.2, RFC 3986 section 3.2).
enum Authority {
    /// Whether the text is `uri-host [ ":" port ]` with a host that is not empty, and without user information.
    static func isValid(_ text: some StringProtocol) -> Bool {
        Array(text.utf8).withUnsafeBufferPointer { isValid($0) }
    }

    static func isValid(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        var end: Int
        if bytes.first == 0x5B {
            guard let close = bytes.firstIndex(of: 0x5D), isAddressLiteral(bytes[1..<close]) else { return false }
            end = close + 1
        } else {
            end = bytes.firstIndex(of: Octets.colon) ?? bytes.count
            guard end > 0, isName(bytes[..<end]) else { return false }
        }
        guard end < bytes.count else { return true }
        guard bytes[end] == Octets.colon else { return false }
        end += 1
        return bytes.count - end <= 5 && bytes[end...].allSatisfy { Octets.isDigit($0) }
    }

    /// An IPv6 address; what later versions may look like nobody knows yet (RFC 3986 section 3.2.2).
    private static func isAddressLiteral(_ bytes: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
        IPAddress.version6(Array(bytes)) != nil
    }

    private static func isName(_ bytes: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
        var index = bytes.startIndex
        while index < bytes.endIndex {
            if bytes[index] == Octets.percent {
                guard index + 2 < bytes.endIndex, Octets.hexValue(bytes[index + 1]) != nil,
                    Octets.hexValue(bytes[index + 2]) != nil
                else { return false }
                index += 3
            } else {
                guard Octets.isHostName(bytes[index]) else { return false }
                index += 1
            }
        }
        return true
    }
}

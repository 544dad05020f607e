/// The trace that a request belongs to (W3C Trace Context, section 3.2).
package struct TraceParent: Equatable {
    /// 32 hexadecimal digits, not all zero.
    package let traceID: String
    /// 16 hexadecimal digits, not all zero.
    package let parentID: String
    package let isSampled: Bool

    /// Nil unless the text is `00-<trace>-<parent>-<flags>` in lower case. A version above 00 may have more behind a further dash, which
    /// is passed over; ff is none (section 3.2.4).
    package init?(_ text: String) {
        let parts = text.split(separator: "-", maxSplits: 4, omittingEmptySubsequences: false)
        guard parts.count >= 4, parts[..<4].map(\.utf8.count) == [2, 32, 16, 2], parts[0] != "ff",
            parts.count == 4 || parts[0] != "00", parts[..<4].allSatisfy(Self.isHexadecimal),
            parts[1].contains(where: { $0 != "0" }), parts[2].contains(where: { $0 != "0" }),
            let flags = UInt8(parts[3], radix: 16)
        else { return nil }
        traceID = String(parts[1])
        parentID = String(parts[2])
        isSampled = flags & 1 == 1
    }

    private static func isHexadecimal(_ text: Substring) -> Bool {
        text.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }
    }
}

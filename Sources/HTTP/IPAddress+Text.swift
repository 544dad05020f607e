extension IPAddress: CustomStringConvertible {
    /// Dotted decimal, or RFC 4291 section 2.2 with an optional dotted end; nil for anything else, also for names,
    /// numbers with leading zeros and zones.
    public init?(_ text: some StringProtocol) {
        let bytes = Array(text.utf8)
        if let address = Self.version4(bytes[...]) {
            self.init(version4: address)
        } else if let address = Self.version6(bytes) {
            self = address
        } else {
            return nil
        }
    }

    /// IPv4 dotted; IPv6 as RFC 5952 asks: lower case, and the longest run of zeros, the first of equals, as "::".
    public var description: String {
        guard !isVersion4 else {
            return "\(low >> 24 & 0xFF).\(low >> 16 & 0xFF).\(low >> 8 & 0xFF).\(low & 0xFF)"
        }
        let pieces = (0..<8).map { index in
            UInt16(truncatingIfNeeded: (index < 4 ? high : low) >> UInt64((3 - index % 4) * 16))
        }
        let run = Self.longestZeros(in: pieces)
        guard run.count > 1 else { return Self.joined(pieces[...]) }
        return Self.joined(pieces[..<run.lowerBound]) + "::" + Self.joined(pieces[run.upperBound...])
    }

    private static func joined(_ pieces: ArraySlice<UInt16>) -> String {
        pieces.map { String($0, radix: 16) }.joined(separator: ":")
    }

    private static func longestZeros(in pieces: [UInt16]) -> Range<Int> {
        var longest = 0..<0
        var start = 0
        for index in 0...pieces.count where index == pieces.count || pieces[index] != 0 {
            if index - start > longest.count { longest = start..<index }
            start = index + 1
        }
        return longest
    }

    private static func version4(_ bytes: ArraySlice<UInt8>) -> UInt32? {
        let parts = bytes.split(separator: dot, maxSplits: 4, omittingEmptySubsequences: false)
        guard parts.count == 4 else { return nil }
        var address: UInt32 = 0
        for part in parts {
            guard (1...3).contains(part.count), part.allSatisfy({ Octets.isDigit($0) }),
                part.count == 1 || part.first != Octets.zero
            else { return nil }
            let value = part.reduce(0) { $0 * 10 + UInt32($1 - Octets.zero) }
            guard value <= 255 else { return nil }
            address = address << 8 | value
        }
        return address
    }

    static func version6(_ bytes: [UInt8]) -> IPAddress? {
        guard (2...45).contains(bytes.count) else { return nil }
        let gap = bytes.indices.dropLast().first { bytes[$0] == Octets.colon && bytes[$0 + 1] == Octets.colon }
        guard let gap else { return pieces(bytes[...], mayEndDotted: true).flatMap { $0.count == 8 ? address($0) : nil } }
        guard let front = pieces(bytes[..<gap], mayEndDotted: false),
            let back = pieces(bytes[(gap + 2)...], mayEndDotted: true), front.count + back.count <= 7
        else { return nil }
        return address(front + Array(repeating: 0, count: 8 - front.count - back.count) + back)
    }

    /// Groups of up to four digits between single colons; none for no bytes.
    private static func pieces(_ bytes: ArraySlice<UInt8>, mayEndDotted: Bool) -> [UInt64]? {
        guard !bytes.isEmpty else { return [] }
        let parts = bytes.split(separator: Octets.colon, omittingEmptySubsequences: false)
        var pieces: [UInt64] = []
        for (index, part) in parts.enumerated() {
            if mayEndDotted, index == parts.count - 1, let last = version4(part) {
                pieces += [UInt64(last >> 16), UInt64(last & 0xFFFF)]
                continue
            }
            guard (1...4).contains(part.count) else { return nil }
            var piece: UInt64 = 0
            for byte in part {
                guard let digit = Octets.hexValue(byte) else { return nil }
                piece = piece << 4 | UInt64(digit)
            }
            pieces.append(piece)
        }
        return pieces
    }

    private static func address(_ pieces: [UInt64]) -> IPAddress {
        IPAddress(high: pieces[..<4].reduce(0) { $0 << 16 | $1 }, low: pieces[4...].reduce(0) { $0 << 16 | $1 })
    }

    private static let dot: UInt8 = 0x2E
}

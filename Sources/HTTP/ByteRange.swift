/// What `Range` asks of a representation of known length (RFC 9110 section 14). One range is honoured. Several are ignored
/// and the whole is sent, which section 14.2 allows: no client of this server asks for them, and many small ranges are
/// the known attack of section 17.15.
public enum ByteRange: Sendable, Equatable {
    /// Another unit, several ranges, or no valid range: as if the field were not there.
    case ignored
    /// These bytes; never empty.
    case part(offset: Int64, byteCount: Int64)
    /// 416 (RFC 9110 section 15.5.17).
    case unsatisfiable

    public init(_ value: String, of byteCount: Int64) {
        guard let (unit, set) = value[...].utf8.cut(at: Octets.equals), Fields.same(String(Substring(unit)), "bytes") else {
            self = .ignored
            return
        }
        let specs = Array(ListScanner(Substring(set)))
        guard specs.count == 1, let (first, last) = specs[0][...].utf8.cut(at: Octets.dash),
            first.allSatisfy({ Octets.isDigit($0) }), last.allSatisfy({ Octets.isDigit($0) })
        else {
            self = .ignored
            return
        }
        self = Self.resolve(first: Self.number(Substring(first)), last: Self.number(Substring(last)), of: byteCount)
    }

    private static func resolve(first: Int64?, last: Int64?, of byteCount: Int64) -> ByteRange {
        switch (first, last) {
        case (nil, nil):
            return .ignored
        case (nil, let suffix?):
            let count = min(suffix, byteCount)
            return count > 0 ? .part(offset: byteCount - count, byteCount: count) : .unsatisfiable
        case (let first?, let last):
            if let last, last < first { return .ignored }
            guard first < byteCount else { return .unsatisfiable }
            let end = min(last ?? byteCount - 1, byteCount - 1)
            return .part(offset: first, byteCount: end - first + 1)
        }
    }

    /// Nil where nothing stands; as large as can be where the digits are too many.
    private static func number(_ digits: Substring) -> Int64? {
        digits.isEmpty ? nil : Int64(digits) ?? .max
    }
}

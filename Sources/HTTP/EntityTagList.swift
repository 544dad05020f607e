/// The tags of a comma-separated list. Inside a tag a backslash is only a backslash and a comma no separator
/// (RFC 9110 section 8.8.3), so that the general list scanner does not fit.
struct EntityTagList: Sequence, IteratorProtocol {
    private var rest: Substring.UTF8View

    init(_ value: String) { rest = value[...].utf8 }

    mutating func next() -> EntityTag? {
        while !rest.isEmpty {
            rest = rest.drop { Octets.isBlank($0) || $0 == Octets.comma }
            let start = rest
            if rest.starts(with: "W/".utf8) { rest = rest.dropFirst(2) }
            if rest.first == Octets.quote {
                rest = rest.dropFirst().drop { $0 != Octets.quote }.dropFirst()
            }
            rest = rest.drop { $0 != Octets.comma }
            let text = Substring(start[..<rest.startIndex].trimmingBlanks())
            if let tag = EntityTag(parsing: text) { return tag }
        }
        return nil
    }
}

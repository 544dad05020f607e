/// Header fields in the order of the message; names compare without regard to ASCII case (RFC 9110 section 5.1).
///
/// They are kept as they stand in a message, so that a head costs two allocations however many fields it has, and an answer's
/// are written in one piece. What is no token, and control characters in a value, never get in: no value can begin a second field.
public struct Fields: Sendable, Equatable {
    public struct Field: Sendable, Equatable {
        public var name: String
        public var value: String
    }

    /// Where a line lies: its name begins at `start`; behind the name stand a colon and a space, behind the value CR LF.
    private struct Line: Sendable {
        var start: Int32
        var nameCount: Int32
        var valueEnd: Int32

        var name: Range<Int> { Int(start)..<Int(start + nameCount) }
        var value: Range<Int> { Int(start + nameCount) + 2..<Int(valueEnd) }
        var end: Int { Int(valueEnd) + 2 }
    }

    /// All lines, each with its end.
    private(set) var bytes: [UInt8] = []
    private var lines: [Line] = []
    /// A bit for each length of a name among the fields, so that most of what is absent is not looked for.
    private var lengths: UInt64 = 0

    public init() {}

    public init(_ pairs: KeyValuePairs<String, String>) {
        for (name, value) in pairs { add(name, value) }
    }

    public static func == (one: Fields, other: Fields) -> Bool { one.bytes == other.bytes }

    public var count: Int { lines.count }

    public var isEmpty: Bool { lines.isEmpty }

    public var all: [Field] {
        lines.map { Field(name: text($0.name), value: text($0.value)) }
    }

    /// The value of the first field of this name; setting replaces every field of the name, nil removes them.
    public subscript(name: String) -> String? {
        get { first(name).map { text(lines[$0].value) } }
        set {
            remove(name)
            if let newValue { add(name, newValue) }
        }
    }

    /// Every value of the name, in order.
    public func values(_ name: String) -> [String] {
        guard let first = first(name) else { return [] }
        return lines[first...].filter { isNamed($0, name) }.map { text($0.value) }
    }

    /// Whether a name begins so; the beginning is in lower case.
    func holdsName(beginningWith start: StaticString) -> Bool {
        let wanted = UnsafeBufferPointer(start: start.utf8Start, count: start.utf8CodeUnitCount)
        guard lengths >> UInt64(min(wanted.count, Self.lengthMax)) != 0 else { return false }
        return bytes.withUnsafeBufferPointer { bytes in
            lines.contains { line in
                Int(line.nameCount) >= wanted.count
                    && wanted.indices.allSatisfy { Octets.lowered(bytes[Int(line.start) + $0]) == wanted[$0] }
            }
        }
    }

    /// How many fields have the name; and what `body` makes of the bytes of the value, where it is one.
    func withOnlyValue<Result>(
        _ name: String, _ body: (UnsafeBufferPointer<UInt8>) -> Result
    ) -> (count: Int, result: Result?) {
        guard let first = first(name) else { return (0, nil) }
        let count = lines[(first + 1)...].reduce(1) { $0 + (isNamed($1, name) ? 1 : 0) }
        guard count == 1 else { return (count, nil) }
        return (1, bytes.withUnsafeBufferPointer { body(UnsafeBufferPointer(rebasing: $0[lines[first].value])) })
    }

    /// Appends a field, keeping others of the same name. A name that is no token is left out, control characters in the value
    /// become spaces.
    public mutating func add(_ name: String, _ value: String) {
        var (name, value) = (name, value)
        name.withUTF8 { name in
            guard !name.isEmpty, name.allSatisfy({ Octets.isToken($0) }) else { return }
            value.withUTF8 { add(name, $0) }
        }
    }

    private mutating func add(_ name: UnsafeBufferPointer<UInt8>, _ value: UnsafeBufferPointer<UInt8>) {
        let start = bytes.count
        if bytes.isEmpty {
            bytes.reserveCapacity(Self.expectedByteCount / 2)
            lines.reserveCapacity(8)
        }
        bytes.append(contentsOf: name)
        bytes.append(Octets.colon)
        bytes.append(Octets.space)
        if value.allSatisfy({ Octets.isFieldValue($0) }) {
            bytes.append(contentsOf: value)
        } else {
            bytes.append(contentsOf: value.lazy.map { Octets.isFieldValue($0) ? $0 : Octets.space })
        }
        noteLine(start, nameCount: name.count, valueEnd: bytes.count)
        bytes.append(Octets.carriageReturn)
        bytes.append(Octets.lineFeed)
    }

    /// Appends all of the other's.
    public mutating func add(_ other: Fields) {
        let offset = Int32(bytes.count)
        lengths |= other.lengths
        bytes.append(contentsOf: other.bytes)
        for var line in other.lines {
            line.start += offset
            line.valueEnd += offset
            lines.append(line)
        }
    }

    /// Appends a field whose bytes were checked as they were read; behind the value stand CR LF.
    mutating func add(_ bytes: UnsafeBufferPointer<UInt8>, name: Range<Int>, value: Range<Int>) {
        if self.bytes.isEmpty {
            self.bytes.reserveCapacity(Self.expectedByteCount)
            lines.reserveCapacity(16)
        }
        let start = self.bytes.count
        let valueEnd = start + name.count + 2 + value.count
        if value.lowerBound == name.upperBound + 2, bytes[value.lowerBound - 1] == Octets.space,
            bytes[value.upperBound] == Octets.carriageReturn
        {
            // As most lines are written.
            self.bytes.append(contentsOf: UnsafeBufferPointer(rebasing: bytes[name.lowerBound..<value.upperBound + 2]))
        } else {
            self.bytes.append(contentsOf: UnsafeBufferPointer(rebasing: bytes[name]))
            self.bytes.append(Octets.colon)
            self.bytes.append(Octets.space)
            self.bytes.append(contentsOf: UnsafeBufferPointer(rebasing: bytes[value]))
            self.bytes.append(Octets.carriageReturn)
            self.bytes.append(Octets.lineFeed)
        }
        noteLine(start, nameCount: name.count, valueEnd: valueEnd)
    }

    /// Appends every line to a message, but those of names that the server writes itself.
    func append(to message: inout [UInt8], isServers: (_ name: UnsafeBufferPointer<UInt8>) -> Bool) {
        bytes.withUnsafeBufferPointer { bytes in
            var pending = 0
            for line in lines where isServers(UnsafeBufferPointer(rebasing: bytes[line.name])) {
                message.append(contentsOf: UnsafeBufferPointer(rebasing: bytes[pending..<Int(line.start)]))
                pending = line.end
            }
            message.append(contentsOf: UnsafeBufferPointer(rebasing: bytes[pending...]))
        }
    }

    static func same(_ one: some StringProtocol, _ other: String) -> Bool {
        one.utf8.count == other.utf8.count
            && zip(one.utf8, other.utf8).allSatisfy { Octets.lowered($0) == Octets.lowered($1) }
    }

    private static let lengthMax = 63
    /// What most heads take.
    private static let expectedByteCount = 512

    private static func bit(_ nameCount: Int) -> UInt64 { 1 << UInt64(min(nameCount, lengthMax)) }

    private mutating func noteLine(_ start: Int, nameCount: Int, valueEnd: Int) {
        lengths |= Self.bit(nameCount)
        lines.append(Line(start: Int32(start), nameCount: Int32(nameCount), valueEnd: Int32(valueEnd)))
    }

    private mutating func remove(_ name: String) {
        guard first(name) != nil else { return }
        var kept = Fields()
        bytes.withUnsafeBufferPointer { bytes in
            for line in lines where !isNamed(line, name) { kept.add(bytes, name: line.name, value: line.value) }
        }
        self = kept
    }

    private func first(_ name: String) -> Int? {
        guard lengths & Self.bit(name.utf8.count) != 0 else { return nil }
        var name = name
        return name.withUTF8 { name in
            bytes.withUnsafeBufferPointer { bytes in lines.firstIndex { Self.isNamed($0, name, in: bytes) } }
        }
    }

    private func isNamed(_ line: Line, _ name: String) -> Bool {
        var name = name
        return name.withUTF8 { name in bytes.withUnsafeBufferPointer { Self.isNamed(line, name, in: $0) } }
    }

    @inline(__always)
    private static func isNamed(
        _ line: Line, _ name: UnsafeBufferPointer<UInt8>, in bytes: UnsafeBufferPointer<UInt8>
    ) -> Bool {
        guard Int(line.nameCount) == name.count else { return false }
        return Octets.same(UnsafeBufferPointer(rebasing: bytes[line.name]), name)
    }

    private func text(_ range: Range<Int>) -> String { bytes.span.text(range) }
}

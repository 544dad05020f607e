/// Appends JSON to bytes. The one place that knows how values are spelt.
///
/// Whoever writes the members of an object one by one keeps the grammar: commas, and that no key stands twice.
public struct JSONWriter: ~Copyable {
    enum Style {
        /// No white space, members in their order.
        case compact
        /// Two spaces a level, one member or element a line.
        case pretty
        /// RFC 8785: no white space, keys sorted by UTF-16 code units, numbers as ECMAScript writes them.
        case canonical
    }

    let style: Style
    var buffer: GrowingBytes
    private var depth = 0

    /// Writes without white space, members in their order.
    public init() { self.init(style: .compact) }

    init(style: Style) {
        self.style = style
        buffer = GrowingBytes(capacity: Self.expectedByteCount)
    }

    /// What was written.
    public var bytes: [UInt8] { buffer.array }

    /// What most answers take.
    private static let expectedByteCount = 4096

    public mutating func write(_ value: JSON) {
        switch value {
        case .null: writeNull()
        case .bool(let value): write(value)
        case .integer(let value): write(value)
        case .number(let value): write(value)
        case .string(let value): write(quoted: value)
        case .array(let elements): write(elements)
        case .object(let object): write(object)
        }
    }

    public mutating func writeNull() { put("null") }

    public mutating func write(_ value: Bool) { put(value ? "true" : "false") }

    public mutating func write(_ value: Int64) {
        guard value < 0 || value > 9 else { return buffer.append(0x30 + UInt8(value)) }
        buffer.append(contentsOf: String(value))
    }

    /// One that is not finite is written as `null`.
    public mutating func write(_ value: Double) { buffer.append(contentsOf: Self.text(of: value, style)) }

    /// A text that is JSON already.
    public mutating func write(raw: String) { buffer.append(contentsOf: raw) }

    /// The same as bytes.
    public mutating func write(raw: UnsafeRawBufferPointer) {
        buffer.append(contentsOf: raw.assumingMemoryBound(to: UInt8.self))
    }

    /// A string of characters that need no escapes.
    ///
    /// - Parameters:
    ///   - countMax: of the characters.
    ///   - fill: writes them and says how many they are.
    public mutating func write(quotedPlainUpTo countMax: Int, _ fill: (UnsafeMutableBufferPointer<UInt8>) -> Int) {
        buffer.append(upTo: countMax + 2) { room in
            room[0] = UInt8(ascii: "\"")
            let count = fill(UnsafeMutableBufferPointer(start: room + 1, count: countMax))
            room[count + 1] = UInt8(ascii: "\"")
            return count + 2
        }
    }

    /// The name of a member, with what stands before it and behind it. The name needs no escapes.
    public mutating func write(member name: StaticString, isFirst: Bool) {
        let count = name.utf8CodeUnitCount
        buffer.append(upTo: count + 4) { room in
            room[0] = isFirst ? UInt8(ascii: "{") : UInt8(ascii: ",")
            room[1] = UInt8(ascii: "\"")
            (room + 2).update(from: name.utf8Start, count: count)
            room[count + 2] = UInt8(ascii: "\"")
            room[count + 3] = UInt8(ascii: ":")
            return count + 4
        }
    }

    /// A key and the colon.
    public mutating func write(key: String) {
        write(quoted: key)
        buffer.append(UInt8(ascii: ":"))
    }

    public mutating func beginObject() { buffer.append(UInt8(ascii: "{")) }
    public mutating func endObject() { buffer.append(UInt8(ascii: "}")) }
    public mutating func beginArray() { buffer.append(UInt8(ascii: "[")) }
    public mutating func endArray() { buffer.append(UInt8(ascii: "]")) }
    /// Ends a line of JSON Lines.
    public mutating func writeLineFeed() { buffer.append(UInt8(ascii: "\n")) }

    public mutating func writeComma() { buffer.append(UInt8(ascii: ",")) }

    private mutating func write(_ elements: [JSON]) {
        write(UInt8(ascii: "["), elements, UInt8(ascii: "]")) { writer, element in writer.write(element) }
    }

    private mutating func write(_ object: JSONObject) {
        let members = style == .canonical ? Self.sorted(object.members) : object.members
        write(UInt8(ascii: "{"), members, UInt8(ascii: "}")) { writer, member in
            writer.write(quoted: member.key)
            writer.put(writer.style == .pretty ? ": " : ":")
            writer.write(member.value)
        }
    }

    private mutating func write<Item>(
        _ opening: UInt8, _ items: [Item], _ closing: UInt8, item: (inout JSONWriter, Item) -> Void
    ) {
        buffer.append(opening)
        depth += 1
        for (index, one) in items.enumerated() {
            if index > 0 { buffer.append(UInt8(ascii: ",")) }
            breakLine()
            item(&self, one)
        }
        depth -= 1
        if !items.isEmpty { breakLine() }
        buffer.append(closing)
    }

    private mutating func breakLine() {
        guard style == .pretty else { return }
        buffer.append(0x0A)
        for _ in 0..<depth * 2 { buffer.append(0x20) }
    }

    mutating func put(_ characters: StaticString) {
        buffer.append(contentsOf: UnsafeBufferPointer(start: characters.utf8Start, count: characters.utf8CodeUnitCount))
    }

    private static func text(of number: Double, _ style: Style) -> String {
        guard number.isFinite else { return "null" }
        return style == .canonical ? ECMAScriptNumber.text(of: number) : number.description
    }

    private static func sorted(_ members: [JSONObject.Member]) -> [JSONObject.Member] {
        // Most are written in order, which is quicker to see than to make.
        if zip(members, members.dropFirst()).allSatisfy({ precedes($0.key, $1.key) }) { return members }
        return members.sorted { precedes($0.key, $1.key) }
    }

    /// By UTF-16 code units, which for ASCII are the bytes.
    private static func precedes(_ one: String, _ other: String) -> Bool {
        var one = one
        var other = other
        if let isBefore = one.withUTF8({ left in other.withUTF8 { right in isBefore(left, right) } }) { return isBefore }
        return one.utf16.lexicographicallyPrecedes(other.utf16)
    }

    /// Nil where the first difference is not between ASCII characters.
    private static func isBefore(_ one: UnsafeBufferPointer<UInt8>, _ other: UnsafeBufferPointer<UInt8>) -> Bool? {
        for index in 0..<min(one.count, other.count) where one[index] != other[index] {
            return max(one[index], other[index]) < 0x80 ? one[index] < other[index] : nil
        }
        return one.count < other.count
    }
}

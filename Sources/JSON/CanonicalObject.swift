/// Writes an object as canonical JSON (RFC 8785) straight to bytes, for documents that are made often: a tree of values takes
/// several times as long. Members are to be added in the order of their keys, which are ASCII.
public struct CanonicalObject: ~Copyable {
    private var writer = JSONWriter(style: .canonical)
    private var last = ""

    public init() { writer.beginObject() }

    public mutating func add(_ key: StaticString, _ text: String) {
        begin(key)
        writer.write(quoted: text)
    }

    public mutating func add(_ key: StaticString, _ integer: Int64) {
        begin(key)
        writer.write(integer)
    }

    public mutating func add(_ key: StaticString, _ texts: [String]) {
        begin(key)
        writer.beginArray()
        for (index, text) in texts.enumerated() {
            if index > 0 { writer.writeComma() }
            writer.write(quoted: text)
        }
        writer.endArray()
    }

    /// Texts by name.
    public mutating func add(_ key: StaticString, _ texts: [String: String]) {
        begin(key)
        writer.beginObject()
        let members = texts.sorted { $0.key.utf16.lexicographicallyPrecedes($1.key.utf16) }
        for (index, member) in members.enumerated() {
            if index > 0 { writer.writeComma() }
            writer.write(key: member.key)
            writer.write(quoted: member.value)
        }
        writer.endObject()
    }

    /// Objects that are written already.
    public mutating func add(_ key: StaticString, _ objects: [[UInt8]]) {
        begin(key)
        writer.beginArray()
        for (index, object) in objects.enumerated() {
            if index > 0 { writer.writeComma() }
            writer.buffer.append(contentsOf: object)
        }
        writer.endArray()
    }

    public consuming func finish() -> [UInt8] {
        writer.endObject()
        return writer.bytes
    }

    private mutating func begin(_ key: StaticString) {
        assert(last < key.description, "\(key) comes after \(last)")
        assert(
            {
                last = key.description; return true
            }())
        if writer.buffer.count > 1 { writer.writeComma() }
        writer.put("\"")
        writer.put(key)
        writer.put("\":")
    }
}

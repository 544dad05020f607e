import JSON

/// Writes one long JSON object, member by member and item by item, so that it never stands in memory whole.
final class DocumentWriter {
    private let write: ([UInt8]) throws -> Void
    private var isFirst = true

    init(_ write: @escaping ([UInt8]) throws -> Void) { self.write = write }

    func member(_ name: String, _ value: JSON) throws {
        try begin(name)
        try write(value.bytes())
    }

    func members(_ object: JSONObject) throws {
        for member in object { try self.member(member.key, member.value) }
    }

    /// - Parameter items: calls what it is given for each item.
    func array(_ name: String, _ items: ((JSON) throws -> Void) throws -> Void) throws {
        try begin(name)
        var opening = UInt8(ascii: "[")
        try items { item in
            try write([opening] + item.bytes())
            opening = UInt8(ascii: ",")
        }
        try end(opening)
    }

    /// An array of objects that are too long for memory themselves.
    func objects(_ name: String, _ items: (((DocumentWriter) throws -> Void) throws -> Void) throws -> Void) throws {
        try begin(name)
        var opening = UInt8(ascii: "[")
        try items { describe in
            try write([opening])
            opening = UInt8(ascii: ",")
            let object = DocumentWriter(write)
            try describe(object)
            try object.finish()
        }
        try end(opening)
    }

    func finish() throws { try write(Array((isFirst ? "{}" : "}").utf8)) }

    private func begin(_ name: String) throws {
        try write(Array((isFirst ? "{" : ",").utf8) + JSON.string(name).bytes() + [UInt8(ascii: ":")])
        isFirst = false
    }

    /// - Parameter opening: what the next item would have begun with; the bracket where there was none.
    private func end(_ opening: UInt8) throws {
        try write(opening == UInt8(ascii: "[") ? Array("[]".utf8) : [UInt8(ascii: "]")])
    }
}

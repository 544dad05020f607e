/// Recursive descent over the grammar of RFC 8259; the depth limit bounds the stack.
struct JSONParser {
    let bytes: [UInt8]
    let depthMax: Int
    var position = 0
    private var depth = 0

    init(bytes: [UInt8], depthMax: Int) {
        self.bytes = bytes
        self.depthMax = depthMax
    }

    /// One value with white space round it, and nothing else.
    mutating func document() throws(JSONError) -> JSON {
        skipSpace()
        let value = try value()
        skipSpace()
        guard position == bytes.count else { throw JSONError(.trailingBytes, at: position) }
        return value
    }

    private mutating func value() throws(JSONError) -> JSON {
        switch try peek() {
        case UInt8(ascii: "{"): try nested { parser throws(JSONError) in try parser.object() }
        case UInt8(ascii: "["): try nested { parser throws(JSONError) in try parser.array() }
        case UInt8(ascii: "\""): .string(try string())
        case UInt8(ascii: "t"): try literal("true", .bool(true))
        case UInt8(ascii: "f"): try literal("false", .bool(false))
        case UInt8(ascii: "n"): try literal("null", .null)
        default: try number()
        }
    }

    private mutating func nested(_ parse: (inout JSONParser) throws(JSONError) -> JSON) throws(JSONError) -> JSON {
        guard depth < depthMax else { throw JSONError(.tooDeep(depthMax: depthMax), at: position) }
        depth += 1
        defer { depth -= 1 }
        return try parse(&self)
    }

    private mutating func object() throws(JSONError) -> JSON {
        var object = JSONObject()
        try take(UInt8(ascii: "{"))
        if try takes(UInt8(ascii: "}")) { return .object(object) }
        repeat {
            skipSpace()
            let start = position
            let key = try string()
            skipSpace()
            try take(UInt8(ascii: ":"))
            skipSpace()
            guard object.insert(try value(), at: key) else { throw JSONError(.duplicateKey(key), at: start) }
        } while try takes(UInt8(ascii: ","))
        try take(UInt8(ascii: "}"))
        return .object(object)
    }

    private mutating func array() throws(JSONError) -> JSON {
        var array: [JSON] = []
        try take(UInt8(ascii: "["))
        if try takes(UInt8(ascii: "]")) { return .array(array) }
        repeat {
            skipSpace()
            array.append(try value())
        } while try takes(UInt8(ascii: ","))
        try take(UInt8(ascii: "]"))
        return .array(array)
    }

    private mutating func literal(_ text: StaticString, _ value: JSON) throws(JSONError) -> JSON {
        for offset in 0..<text.utf8CodeUnitCount { try take(text.utf8Start[offset]) }
        return value
    }

    /// The byte at the position.
    func peek() throws(JSONError) -> UInt8 {
        guard position < bytes.count else { throw JSONError(.unexpectedEnd, at: position) }
        return bytes[position]
    }

    /// Consumes exactly this byte.
    mutating func take(_ byte: UInt8) throws(JSONError) {
        let found = try peek()
        guard found == byte else { throw JSONError(.unexpectedByte(found), at: position) }
        position += 1
    }

    /// Skips white space and consumes the byte if it comes next.
    private mutating func takes(_ byte: UInt8) throws(JSONError) -> Bool {
        skipSpace()
        guard try peek() == byte else { return false }
        position += 1
        return true
    }

    private mutating func skipSpace() {
        while position < bytes.count {
            switch bytes[position] {
            case 0x20, 0x09, 0x0A, 0x0D: position += 1
            default: return
            }
        }
    }
}

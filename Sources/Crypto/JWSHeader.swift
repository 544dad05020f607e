/// The protected header of a compact JWS: a flat JSON object of plain strings. Anything else, such as a `crit` list, an
/// escape or a member that stands twice, is refused; nothing this house signs needs it.
struct JWSHeader: Equatable {
    var algorithm: String
    var keyID: String?
    var type: String?

    init(algorithm: String, keyID: String?, type: String?) {
        self.algorithm = algorithm
        self.keyID = keyID
        self.type = type
    }

    /// Nil unless the bytes are `{"name":"value",…}` with `alg`.
    init?(_ bytes: [UInt8]) {
        var rest = bytes[...]
        var members: [String: String] = [:]
        guard Self.take("{", from: &rest) else { return nil }
        repeat {
            guard let name = Self.string(from: &rest), Self.take(":", from: &rest),
                let value = Self.string(from: &rest), members.updateValue(value, forKey: name) == nil
            else { return nil }
        } while Self.take(",", from: &rest)
        guard Self.take("}", from: &rest), rest.isEmpty, let algorithm = members["alg"] else { return nil }
        self.init(algorithm: algorithm, keyID: members["kid"], type: members["typ"])
    }

    /// The members in this order: `alg`, `kid`, `typ`. Values must be plain.
    var bytes: [UInt8] {
        let members = [("alg", algorithm), ("kid", keyID), ("typ", type)].compactMap { name, value in
            value.map { value in
                precondition(value.utf8.allSatisfy(Self.isPlain), "A header's value must be plain ASCII.")
                return "\"\(name)\":\"\(value)\""
            }
        }
        return Array("{\(members.joined(separator: ","))}".utf8)
    }

    /// Printable ASCII that JSON does not escape.
    private static func isPlain(_ byte: UInt8) -> Bool {
        (0x20...0x7E).contains(byte) && byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "\\")
    }

    private static func string(from rest: inout ArraySlice<UInt8>) -> String? {
        guard take("\"", from: &rest) else { return nil }
        let text = rest.prefix(while: isPlain)
        rest = rest[text.endIndex...]
        guard rest.popFirst() == UInt8(ascii: "\"") else { return nil }
        skipSpace(&rest)
        return String(decoding: text, as: UTF8.self)
    }

    private static func take(_ character: Unicode.Scalar, from rest: inout ArraySlice<UInt8>) -> Bool {
        skipSpace(&rest)
        guard rest.first == UInt8(ascii: character) else { return false }
        rest.removeFirst()
        if character != "\"" { skipSpace(&rest) }
        return true
    }

    private static func skipSpace(_ rest: inout ArraySlice<UInt8>) {
        rest = rest.drop { $0 == 0x20 || $0 == 0x09 || $0 == 0x0A || $0 == 0x0D }
    }
}

import JSON

/// Parameters arrive as text.
extension Schema {
    /// Whether the parameter may be given several times.
    var isRepeatable: Bool {
        switch shape {
        case .array: true
        case .named(_, let schema), .nullable(let schema): schema.isRepeatable
        default: false
        }
    }

    /// The value that the texts of a parameter write: one text, or several of an array. What can't be read comes back as a
    /// string, which the check refuses.
    func value(of texts: [String]) -> JSON {
        if case .array(let element, _) = resolved.shape { return .array(texts.map { element.value(of: [$0]) }) }
        let text = texts.first ?? ""
        switch resolved.shape {
        case .integer, .number: return Self.number(text) ?? .string(text)
        case .boolean: return ["true": true, "false": false][text] ?? .string(text)
        default: return .string(text)
        }
    }

    private var resolved: Schema {
        switch shape {
        case .named(_, let schema), .nullable(let schema): schema.resolved
        default: self
        }
    }

    private static func number(_ text: String) -> JSON? {
        let bytes = Array(text.utf8)
        guard bytes.allSatisfy({ $0 > 0x20 }), let json = try? JSON.parse(bytes), json.asNumber != nil else { return nil }
        return json
    }
}

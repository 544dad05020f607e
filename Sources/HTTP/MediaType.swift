/// A media type with its parameters (RFC 9110 section 8.3.1).
public struct MediaType: Sendable, Equatable {
    public struct Parameter: Sendable, Equatable {
        /// In lower case.
        public var name: String
        public var value: String
    }

    /// `type/subtype` in lower case.
    public var essence: String
    public var parameters: [Parameter]

    /// Nil where the text is no media type; a parameter that stands twice is refused.
    public init?(parsing text: String) {
        var scanner = TokenScanner(text)
        guard let type = scanner.token(), scanner.take(Octets.slash), let subtype = scanner.token() else { return nil }
        essence = (type + "/" + subtype).lowercased()
        guard let pairs = scanner.parameters(), scanner.isAtEnd else { return nil }
        parameters = pairs.map { Parameter(name: $0.name, value: $0.value) }
        guard Set(parameters.map(\.name)).count == parameters.count else { return nil }
    }

    /// The value of the parameter of this name, given in lower case.
    public subscript(name: String) -> String? {
        parameters.first { $0.name == name }?.value
    }
}

extension Request {
    /// The media type of the body, nil where it is absent, repeated or malformed.
    public var contentType: MediaType? {
        let values = fields.values("Content-Type")
        return values.count == 1 ? MediaType(parsing: values[0]) : nil
    }
}

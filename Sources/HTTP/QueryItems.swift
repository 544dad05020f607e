/// The pairs of a query in their order, decoded as `application/x-www-form-urlencoded` (WHATWG URL section 5.1), but
/// refused rather than repaired when the encoding is broken.
public struct QueryItems: Sendable, Equatable {
    public struct Item: Sendable, Equatable {
        public var name: String
        public var value: String

        public init(name: String, value: String) {
            self.name = name
            self.value = value
        }
    }

    public private(set) var all: [Item] = []

    /// Also reads a form body. Throws 400 on bad percent-encoding or invalid UTF-8.
    public init(parsing text: some StringProtocol) throws(RequestFailure) {
        for pair in Substring(text).utf8.split(separator: 0x26) {
            let (name, value) = pair.cut(at: Octets.equals) ?? (pair, pair[pair.endIndex...])
            guard let name = PercentEncoding.decode(Substring(name), plusIsSpace: true),
                let value = PercentEncoding.decode(Substring(value), plusIsSpace: true)
            else { throw RequestFailure(status: 400, detail: "Broken percent-encoding in the query (RFC 3986 section 2.1)") }
            all.append(Item(name: name, value: value))
        }
    }

    /// The value of the first item of the name.
    public subscript(name: String) -> String? {
        all.first { $0.name == name }?.value
    }

    /// Every value of the name, in order.
    public func values(_ name: String) -> [String] {
        all.filter { $0.name == name }.map(\.value)
    }
}

extension Request {
    /// The decoded query; no items without one. Throws 400 on bad percent-encoding or invalid UTF-8.
    public func queryItems() throws(RequestFailure) -> QueryItems {
        try QueryItems(parsing: query ?? "")
    }
}

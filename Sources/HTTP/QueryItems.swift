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
    public init(parsing text: String) throws(RequestFailure) {
        var text = text
        guard let items = text.withUTF8({ Self.items(in: $0) }) else {
            throw RequestFailure(status: 400, detail: "Broken percent-encoding in the query (RFC 3986 section 2.1)")
        }
        all = items
    }

    /// Nil where one can't be decoded.
    private static func items(in bytes: UnsafeBufferPointer<UInt8>) -> [Item]? {
        var items: [Item] = []
        items.reserveCapacity(countExpected)
        var start = 0
        while start < bytes.count {
            let end = bytes[start...].firstIndex(of: ampersand) ?? bytes.count
            if end > start {
                let cut = bytes[start..<end].firstIndex(of: Octets.equals) ?? end
                guard let name = text(bytes, start..<cut), let value = text(bytes, min(cut + 1, end)..<end) else { return nil }
                items.append(Item(name: name, value: value))
            }
            start = end + 1
        }
        return items
    }

    private static func text(_ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> String? {
        PercentEncoding.decode(UnsafeBufferPointer(rebasing: bytes[range]), plusIsSpace: true)
    }

    private static let ampersand: UInt8 = 0x26
    /// What most queries hold at most.
    private static let countExpected = 4

    /// The value of the first item of the name.
    public subscript(name: String) -> String? {
        all.first { $0.name == name }?.value
    }

    /// Every value of the name, in order.
    public func values(_ name: String) -> [String] {
        var values: [String] = []
        for index in all.indices where all[index].name == name { values.append(all[index].value) }
        return values
    }
}

extension Request {
    /// The decoded query; no items without one. Throws 400 on bad percent-encoding or invalid UTF-8.
    public func queryItems() throws(RequestFailure) -> QueryItems {
        try QueryItems(parsing: query ?? "")
    }
}

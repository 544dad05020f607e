/// Members of a JSON object, in the order in which they were written; no key stands twice.
///
/// Keys compare as Swift strings do, by canonical equivalence. Equality ignores order. Look-up is linear up to sixteen
/// members and hashed beyond.
public struct JSONObject: Sendable {
    public struct Member: Sendable, Equatable {
        public let key: String
        public var value: JSON

        public init(key: String, value: JSON) {
            self.key = key
            self.value = value
        }
    }

    private(set) var members: [Member] = []
    /// Positions by key, kept only while there are more than `linearCountMax` members.
    private var positions: [String: Int] = [:]

    private static let linearCountMax = 16

    public init() {}

    /// An empty object with room for so many members.
    public init(minimumCapacity: Int) { members.reserveCapacity(minimumCapacity) }

    /// Members that are nil are left out. A key that stands twice is a programming error.
    @inlinable
    public init(members: some Sequence<(String, JSON?)>) { self.init(Array(members)) }

    @usableFromInline
    init(_ elements: [(String, JSON?)]) {
        members.reserveCapacity(elements.count)
        for (key, value) in elements {
            guard let value else { continue }
            let isNew = insert(value, at: key)
            precondition(isNew, "The key \(key) stands twice.")
        }
    }

    /// The value of a key; setting replaces in place or appends, nil removes.
    public subscript(key: String) -> JSON? {
        get { position(of: key).map { members[$0].value } }
        set {
            switch (position(of: key), newValue) {
            case (let position?, let value?): members[position].value = value
            case (let position?, nil): remove(at: position)
            case (nil, let value?): insert(value, at: key)
            case (nil, nil): break
            }
        }
    }

    /// Appends a member; false, and nothing changes, when the key is there already.
    @discardableResult
    public mutating func insert(_ value: JSON, at key: String) -> Bool {
        guard position(of: key) == nil else { return false }
        members.append(Member(key: key, value: value))
        index(from: members.count - 1)
        return true
    }

    private func position(of key: String) -> Int? {
        members.count > Self.linearCountMax ? positions[key] : members.firstIndex { $0.key == key }
    }

    private mutating func remove(at position: Int) {
        members.remove(at: position)
        positions.removeAll()
        index(from: 0)
    }

    /// Brings `positions` up to date when only members from `start` on are missing from it.
    private mutating func index(from start: Int) {
        guard members.count > Self.linearCountMax else { return }
        let first = positions.isEmpty ? 0 : start
        for position in first..<members.count { positions[members[position].key] = position }
    }
}

extension JSONObject: RandomAccessCollection {
    public var startIndex: Int { 0 }
    public var endIndex: Int { members.count }
    public subscript(position: Int) -> Member { members[position] }

    /// Keys in order.
    public var keys: [String] { members.map(\.key) }
}

extension JSONObject: Equatable {
    public static func == (one: JSONObject, other: JSONObject) -> Bool {
        one.count == other.count && one.allSatisfy { other[$0.key] == $0.value }
    }
}

extension JSONObject: ExpressibleByDictionaryLiteral {
    public init(dictionaryLiteral elements: (String, JSON?)...) { self.init(elements) }
}

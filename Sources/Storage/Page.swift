/// One page of a list in the order of ids: newest first where `isDescending`.
public struct Page<Row: Sendable>: Sendable {
    public let rows: [Row]
    /// Whether more follow.
    public let hasMore: Bool

    /// Takes one row more than asked for and cuts it off again.
    init(_ fetched: [Row], limit: Int) {
        rows = Array(fetched.prefix(limit))
        hasMore = fetched.count > limit
    }
}

/// Where a page begins and how long it is. Pages follow ids, so that inserts never shift them.
public struct PageRequest: Sendable {
    /// Ids after this one, in the list's order; nil for the first page.
    public var after: String?
    public var limit: Int

    public init(after: String? = nil, limit: Int) {
        self.after = after
        self.limit = limit
    }
}

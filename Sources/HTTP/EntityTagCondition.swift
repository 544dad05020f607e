/// The value of `If-Match` or `If-None-Match` (RFC 9110 sections 13.1.1 and 13.1.2).
public enum EntityTagCondition: Sendable, Equatable {
    /// "*": any representation there is.
    case any
    case tags([EntityTag])

    /// Nil where the field is absent. What is no entity tag in the list matches nothing.
    public init?(_ name: String, of fields: Fields) {
        let values = fields.values(name)
        guard !values.isEmpty else { return nil }
        if values.count == 1, values[0] == "*" {
            self = .any
        } else {
            self = .tags(values.flatMap { EntityTagList($0) })
        }
    }

    /// The same for content before it is coded: who changes it may have seen it compressed.
    public var uncoded: EntityTagCondition {
        switch self {
        case .any: .any
        case .tags(let tags): .tags(tags.map(\.uncoded))
        }
    }

    /// Whether the representation of this tag is meant; nil is a representation without one.
    public func matchesStrongly(_ tag: EntityTag?) -> Bool {
        switch self {
        case .any: true
        case .tags(let tags): tag.map { tag in tags.contains { $0.matchesStrongly(tag) } } ?? false
        }
    }

    /// As `matchesStrongly`, without regard to weakness.
    public func matchesWeakly(_ tag: EntityTag?) -> Bool {
        switch self {
        case .any: true
        case .tags(let tags): tag.map { tag in tags.contains { $0.matchesWeakly(tag) } } ?? false
        }
    }
}

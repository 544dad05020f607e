/// A bearer key as the server remembers it: never the key itself.
public struct AccessKey: Identified, Hashable, Sendable {
    public static let idPrefix = "key"

    public var id: ID<AccessKey>
    public var role: Role
    /// The id of the contributor, buyer or admin.
    public var owner: String
    /// The first eight characters, to tell keys apart.
    public var prefix: String
    public var label: String
    public var createdAt: Timestamp
    public var lastUsedAt: Timestamp?
    public var revokedAt: Timestamp?

    public init(
        id: ID<AccessKey>, role: Role, owner: String, prefix: String, label: String, createdAt: Timestamp,
        lastUsedAt: Timestamp? = nil, revokedAt: Timestamp? = nil
    ) {
        self.id = id
        self.role = role
        self.owner = owner
        self.prefix = prefix
        self.label = label
        self.createdAt = createdAt
        self.lastUsedAt = lastUsedAt
        self.revokedAt = revokedAt
    }
}

/// What a key may do.
public enum Role: String, CaseIterable, Sendable {
    case contributor, buyer, admin
}

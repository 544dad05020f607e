import Domain

/// Who is calling.
public struct Principal: Sendable, Hashable {
    public var role: Role
    /// The id of the contributor, buyer or admin.
    public var owner: String
    /// The key that was shown, or that opened the session.
    public var key: ID<AccessKey>
    /// The token that a page must repeat; nil where a key was shown.
    public var csrfToken: String?

    public init(role: Role, owner: String, key: ID<AccessKey>, csrfToken: String? = nil) {
        self.role = role
        self.owner = owner
        self.key = key
        self.csrfToken = csrfToken
    }
}

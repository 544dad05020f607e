import Crypto
import Domain
import Storage

/// Who asks.
public struct Principal: Sendable, Hashable {
    public let role: Role
    /// The id of the contributor, buyer or admin.
    public let owner: String
    public let key: ID<AccessKey>

    public init(role: Role, owner: String, key: ID<AccessKey>) {
        self.role = role
        self.owner = owner
        self.key = key
    }
}

extension Marketplace {
    /// The principal of a bearer key; nil for one that is malformed, unknown or revoked.
    public func principal(bearer text: String, in db: Connection) throws -> Principal? {
        guard let key = APIKey(text), let known = try AccessKeys.find(digest: key.digest, in: db), known.revokedAt == nil else {
            return nil
        }
        return Principal(role: known.role, owner: known.owner, key: known.id)
    }
}

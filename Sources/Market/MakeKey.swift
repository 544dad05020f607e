import Crypto
import Domain
import Storage

/// A key that was just made: the only moment at which its text is known.
public struct NewKey: Sendable {
    public let record: AccessKey
    public let text: String
}

extension Marketplace {
    /// Makes a key for somebody.
    public func makeKey(
        role: Role, owner: String, label: String, at now: Timestamp, in db: Connection
    ) throws -> NewKey {
        let key = APIKey.generate()
        let record = AccessKey(
            id: ids.make(at: now), role: role, owner: owner, prefix: key.prefix, label: label, createdAt: now)
        try AccessKeys.insert(record, digest: key.digest, in: db)
        return NewKey(record: record, text: key.text)
    }

    /// Makes a further key for somebody known, and notes who did. Nobody gets a key of another admin: what needs two admins
    /// would need one. The command line may: whoever holds the data folder can make admins anyway.
    public func makeKey(
        role: Role, owner: String, label: String, by admin: String, at now: Timestamp, in db: Connection
    ) throws -> NewKey {
        let isKnown =
            switch role {
            case .contributor: try Contributors.find(ID(stored: owner), in: db) != nil
            case .buyer: try Buyers.find(ID(stored: owner), in: db) != nil
            case .admin: try Admins.exists(ID(stored: owner), in: db)
            }
        guard isKnown else { throw MarketError.invalid("/owner", "is no \(role.rawValue)") }
        guard role != .admin || owner == admin || ID<Admin>(admin) == nil else {
            throw MarketError.invalid("/owner", "must be you: an admin makes keys of admins only for themselves")
        }
        let key = try makeKey(role: role, owner: owner, label: label, at: now, in: db)
        try AuditLog.append(actor: admin, action: "key.created", subject: key.record.id.text, detail: owner, at: now, in: db)
        return key
    }

    /// Revokes a key, at once and for ever.
    public func revokeKey(_ id: ID<AccessKey>, by admin: String, at now: Timestamp, in db: Connection) throws -> AccessKey {
        guard try AccessKeys.find(id, in: db) != nil else { throw MarketError.notFound("key") }
        if try AccessKeys.revoke(id, at: now, in: db) {
            try AuditLog.append(actor: admin, action: "key.revoked", subject: id.text, at: now, in: db)
        }
        guard let key = try AccessKeys.find(id, in: db) else { throw MarketError.notFound("key") }
        return key
    }

    /// Makes an admin with a first key.
    public func createAdmin(name: String, at now: Timestamp, in db: Connection) throws -> NewKey {
        let id: ID<Admin> = ids.make(at: now)
        try Admins.insert(id, name: name, at: now, in: db)
        try AuditLog.append(actor: id.text, action: "admin.created", subject: id.text, detail: name, at: now, in: db)
        return try makeKey(role: .admin, owner: id.text, label: "first key", at: now, in: db)
    }

    /// Makes a one-use token that creates an admin; nil once there is an admin.
    public func makeSetupToken(at now: Timestamp, in db: Connection) throws -> String? {
        guard try Admins.count(in: db) == 0 else { return nil }
        let token = Base64.encodeURL(SecureRandom.bytes(24))
        try Admins.insertSetupToken(digest: SHA256.hash(token.utf8), at: now, in: db)
        return token
    }

    /// Uses the token: an admin with a first key.
    public func claimSetupToken(_ token: String, name: String, at now: Timestamp, in db: Connection) throws -> NewKey {
        guard try Admins.useSetupToken(digest: SHA256.hash(token.utf8), at: now, in: db) else {
            throw MarketError.notFound("setup token")
        }
        return try createAdmin(name: name, at: now, in: db)
    }
}

import Domain
import Foundation
import GRDB

/// The installation's Ed25519 keys: the newest signs, all stay published.
public enum SigningKeys {
    public struct Record: Sendable {
        public let id: String
        public let seed: [UInt8]
        public let publicKey: [UInt8]

        public init(id: String, seed: [UInt8], publicKey: [UInt8]) {
            self.id = id
            self.seed = seed
            self.publicKey = publicKey
        }
    }

    public static func insert(_ key: Record, at now: Timestamp, in db: Connection) throws {
        try db.carryOut(
            "INSERT INTO signing_key (id, seed, public_key, created_at) VALUES (?, ?, ?, ?)",
            [key.id, Data(key.seed), Data(key.publicKey), now.milliseconds])
    }

    /// Newest first.
    public static func all(in db: Connection) throws -> [Record] {
        try db.rows("SELECT * FROM signing_key ORDER BY created_at DESC, rowid DESC").map {
            Record(id: $0["id"], seed: [UInt8]($0["seed"] as Data), publicKey: [UInt8]($0["public_key"] as Data))
        }
    }
}

import Crypto

/// One step of the schema. Once shipped it never changes.
struct Migration: Hashable, Sendable {
    /// Such as "0001_books.sql".
    let name: String
    let sql: String

    /// In hexadecimal.
    var sha256: String { Hex.encode(SHA256.hash(sql.utf8)) }
}

/// The double-entry books, seen through one connection of a `Store`.
///
///     try store.write { db in try Books(db).post(transaction) }
///
/// Amounts are micros, debits positive. The schema enforces the rules; this type writes, reads and explains.
public struct Books {
    let db: Connection

    public init(_ db: Connection) { self.db = db }
}

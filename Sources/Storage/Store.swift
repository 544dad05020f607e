import Domain
import GRDB

/// The database of one data folder. One writer at a time, readers beside it.
public final class Store: Sendable {
    public let folder: String
    private let pool: DatabasePool

    /// How long a connection waits for another process that writes, such as the command line beside a server.
    private static let busyTimeoutSeconds = 10.0
    /// Pages of the log before a checkpoint: larger than SQLite's 1000, because every checkpoint costs an fsync.
    private static let checkpointPages = 4096

    /// Opens the folder, which must exist, and applies missing migrations.
    public convenience init(folder: String) throws { try self.init(folder: folder, synchronous: "FULL") }

    /// Only tests ask for less than FULL, and are refused.
    package init(folder: String, synchronous: String) throws {
        self.folder = folder
        var configuration = Configuration()
        configuration.foreignKeysEnabled = true
        configuration.busyMode = .timeout(Self.busyTimeoutSeconds)
        configuration.maximumReaderCount = 8
        configuration.prepareDatabase { db in
            try db.execute(sql: "PRAGMA cache_size = -65536")
            try Self.demand("foreign_keys", is: 1, in: db)
        }
        pool = try DatabasePool(path: "\(folder)/fairvoice.sqlite3", configuration: configuration)
        // The pool sets NORMAL on its writer by itself, after `prepareDatabase` has run: FULL has to come behind it.
        try pool.writeWithoutTransaction { db in
            try db.execute(sql: "PRAGMA synchronous = \(synchronous); PRAGMA wal_autocheckpoint = \(Self.checkpointPages)")
            try Self.demand("synchronous", is: 2, in: db)
            guard try String.fetchOne(db, sql: "PRAGMA journal_mode") == "wal" else {
                throw StorageError.unsafeSetting(name: "journal_mode", value: "not wal")
            }
        }
        try pool.writeWithoutTransaction { db in
            for migration in Migration.embedded { try migration.applyIfMissing(to: db) }
            try Migration.refuseUnknown(in: db)
        }
    }

    /// Runs in one transaction, which is on disk when this returns. Throwing rolls back everything.
    public func write<Value>(_ body: (Connection) throws -> Value) throws -> Value {
        try pool.write(body)
    }

    /// Runs on one unchanging state of the database, beside writers.
    public func read<Value>(_ body: (Connection) throws -> Value) throws -> Value {
        try pool.read(body)
    }

    public func close() throws { try pool.close() }

    private static func demand(_ pragma: String, is expected: Int, in db: Database) throws {
        let value = try Int.fetchOne(db, sql: "PRAGMA \(pragma)") ?? -1
        guard value == expected else { throw StorageError.unsafeSetting(name: pragma, value: "\(value)") }
    }
}

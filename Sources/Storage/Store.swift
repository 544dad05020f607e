import Domain
import GRDB
import Synchronization

/// The database of a data folder: one writer, many readers, nothing acknowledged before it is on disk.
///
/// Both `write` and `read` block the calling thread. They are not to be nested.
public final class Store: Sendable {
    /// How long a connection waits for another process, such as a backup.
    private static let busyTimeoutSeconds = 5.0
    /// Pages in the write-ahead log before it is copied back: 64 MiB. A larger log halves the cost of scattered writes.
    private static let checkpointPages = 16_384
    private static let writerCacheKiB = 65_536

    public let folder: String
    private let pool: DatabasePool
    private let isPoisoned = Atomic(false)

    /// Opens the folder's database, made if need be, and brings it up to this program's migrations.
    ///
    /// - Throws: `StorageError` when a connection is not as safe as it must be, or the migrations don't fit.
    public convenience init(folder: String) throws {
        try self.init(folder: folder, migrations: Migrations.embedded)
    }

    init(folder: String, migrations: [Migration]) throws {
        self.folder = folder
        do {
            pool = try DatabasePool(path: "\(folder)/fairvoice.sqlite3", configuration: Self.configuration)
            try pool.writeWithoutTransaction { db in
                try Self.makeDurable(db)
                try Self.demandSafety(of: db)
                try Migrations.apply(migrations, in: db)
                try Fingerprints.maintain(in: db)
            }
        } catch let error as DatabaseError {
            throw StorageError(error)
        }
        // A new file is safe once its folder is.
        try Folder.sync(folder)
    }

    /// Runs the body in one transaction, which is on disk when this returns; an error rolls all of it back.
    public func write<T>(_ body: (Connection) throws -> T) throws -> T {
        guard !isPoisoned.load(ordering: .acquiring) else { throw StorageError.poisoned }
        do {
            return try pool.writeWithoutTransaction { db in
                var result: T?
                try db.inTransaction(.immediate) {
                    result = try body(db)
                    return .commit
                }
                return result!
            }
        } catch let error as DatabaseError {
            let translated = StorageError(error)
            if translated == .poisoned { isPoisoned.store(true, ordering: .releasing) }
            throw translated
        }
    }

    /// Runs the body on one unchanging state of the database.
    public func read<T>(_ body: (Connection) throws -> T) throws -> T {
        do {
            return try pool.read(body)
        } catch let error as DatabaseError {
            throw StorageError(error)
        }
    }

    /// Closes every connection. Whatever is under way must have ended.
    public func close() throws {
        do {
            try pool.close()
        } catch let error as DatabaseError {
            throw StorageError(error)
        }
    }

    /// Every connection passes here before it is used.
    private static var configuration: Configuration {
        var configuration = Configuration()
        configuration.foreignKeysEnabled = true
        configuration.busyMode = .timeout(busyTimeoutSeconds)
        configuration.prepareDatabase { db in
            try demand("foreign_keys", is: "1", in: db)
        }
        return configuration
    }

    /// GRDB turns the writer of a pool to NORMAL after it is prepared, which loses acknowledged commits with the power.
    private static func makeDurable(_ db: Connection) throws {
        try db.execute(sql: "PRAGMA synchronous = FULL")
        try db.execute(sql: "PRAGMA wal_autocheckpoint = \(checkpointPages)")
        try db.execute(sql: "PRAGMA cache_size = -\(writerCacheKiB)")
    }

    /// Reads back what the guarantees rest on.
    static func demandSafety(of writer: Connection) throws {
        try demand("synchronous", is: "2", in: writer)
        try demand("journal_mode", is: "wal", in: writer)
        try demand("foreign_keys", is: "1", in: writer)
    }

    private static func demand(_ setting: String, is wanted: String, in db: Connection) throws {
        let found = try String.fetchOne(db, sql: "PRAGMA \(setting)") ?? ""
        guard found == wanted else { throw StorageError.unsafe(setting: setting, found: found) }
    }
}

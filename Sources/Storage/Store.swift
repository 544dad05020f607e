import CSQLite
import Domain
import GRDB
import GRDBSQLite
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
    private static let readerCountMax = 16

    public let folder: String
    let pool: DatabasePool
    let catalogue = CatalogueKeeper()
    /// Whether the catalogue's index is wanted, and so built anew where it was lost.
    let isIndexed = Atomic(false)
    private let committer: Committer
    private let changes: CommitQueue

    /// Opens the folder's database, made if need be, and brings it up to this program's migrations.
    ///
    /// - Parameter onPoison: called once when the disk fails under a commit. What is on it is not known then until it is
    ///   opened again, so nothing more is written; a server ends.
    /// - Throws: `StorageError` when a connection is not as safe as it must be, or the migrations don't fit.
    public convenience init(folder: String, onPoison: @escaping @Sendable (StorageError) -> Void = { _ in }) throws {
        try self.init(folder: folder, migrations: Migrations.embedded, onPoison: onPoison)
    }

    init(
        folder: String, migrations: [Migration], onPoison: @escaping @Sendable (StorageError) -> Void = { _ in }
    ) throws {
        self.folder = folder
        _ = Self.isTuned
        let path = "\(folder)/fairvoice.sqlite3"
        do {
            pool = try DatabasePool(path: path, configuration: Self.configuration)
            try pool.writeWithoutTransaction { db in
                try Self.makeDurable(db)
                try Self.demandSafety(of: db)
                try RecoveredLog(path: "\(path)-wal").settle(in: db)
                try Self.update(db, to: migrations)
            }
        } catch let error as DatabaseError {
            throw StorageError(error)
        }
        let committer = Committer(pool: pool, catalogue: catalogue, onPoison: onPoison)
        self.committer = committer
        changes = CommitQueue { group in committer.commit(group) }
        // A new file is safe once its folder is.
        try Folder.sync(folder)
    }

    /// Runs the body as one change that is on disk, whole, when this returns; an error leaves no trace of it. Changes of
    /// several threads may share a commit: a body sees those before it, and its failure is its own.
    ///
    /// - Throws: what the body throws; `StorageError`, among it `.overloaded` when too many changes wait.
    public func write<T>(_ body: (Connection) throws -> T) throws -> T {
        try withoutActuallyEscaping(body) { body in
            var result: T?
            let change = Change { db in result = try body(db) }
            do {
                try changes.carryOut(change)
                try change.finish()
            } catch let error as DatabaseError {
                throw StorageError(error)
            }
            return result!
        }
    }

    /// Runs at the end of each commit, in its transaction, after the changes that it holds: for what covers them all, such as
    /// a signed head of the log. An error fails them all. Set once, before the first write that needs it.
    public func beforeCommit(_ body: @escaping @Sendable (Connection) throws -> Void) {
        committer.conclude(with: body)
    }

    /// Changes that wait for a commit.
    package var waitingChangeCount: Int { changes.waitingCount }

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

    /// Tried before the first connection of the process; without it a group of changes writes temporary files.
    private static let isTuned = csqlite_tune() == SQLITE_OK

    /// Every connection passes here before it is used.
    private static var configuration: Configuration {
        var configuration = Configuration()
        configuration.foreignKeysEnabled = true
        configuration.maximumReaderCount = readerCountMax
        configuration.busyMode = .timeout(busyTimeoutSeconds)
        configuration.prepareDatabase { db in
            try demand("foreign_keys", is: "1", in: db)
            try RowSums.enable(on: db)
        }
        return configuration
    }

    /// Brings the schema up to date, and what the program itself keeps in step with it.
    private static func update(_ db: Connection, to migrations: [Migration]) throws {
        let isBehind = try Migrations.areMissing(migrations, in: db)
        let damaged = isBehind ? Set(try RowSums.damages(in: db).map(\.table)) : []
        try Migrations.apply(migrations, in: db)
        if try db.tableExists("log_leaf") {
            try db.inTransaction(.immediate) {
                try Log(db).prepare()
                try RowSums.follow(schemaChanges: isBehind, damaged: damaged, in: db)
                return .commit
            }
        }
        try RowSums.keep(on: db)
        try CatalogueTouches.keep(on: db)
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

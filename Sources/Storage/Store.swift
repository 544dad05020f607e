import CSQLite
import Dispatch
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
    let writer: DatabaseQueue
    let readers: Readers
    private let log: WALIndex?
    let catalogue = CatalogueKeeper()
    let catalogueStates = Memory<CatalogueState?>()
    /// Whether the catalogue's index is wanted, and so built anew where it was lost; not by a store that closes.
    let isIndexed = Atomic(false)
    /// Where it is built: one at a time.
    let indexing = DispatchQueue(label: "fairvoice.catalogue", qos: .utility)
    private let committer: Committer
    private let changes: CommitQueue

    /// Where a folder's database is, or will be.
    public static func path(in folder: String) -> String { "\(folder)/fairvoice.sqlite3" }

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
        let path = Self.path(in: folder)
        do {
            var configuration = Self.configuration
            configuration.journalMode = .wal
            writer = try DatabaseQueue(path: path, configuration: configuration)
            try writer.writeWithoutTransaction { db in
                try Self.makeDurable(db)
                try Self.demandSafety(of: db)
                try RecoveredLog(path: "\(path)-wal").settle(in: db)
                try Self.update(db, to: migrations)
            }
            log = try writer.unsafeRead { db in
                // A transaction, so that the log has an index.
                _ = try db.integer("SELECT count(*) FROM sqlite_schema")
                return WALIndex(of: db)
            }
        } catch let error as DatabaseError {
            throw StorageError(error)
        }
        readers = Readers(path: path, configuration: Self.configuration, countMax: Self.readerCountMax)
        let committer = Committer(writer: writer, catalogue: catalogue, onPoison: onPoison)
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
    public var waitingChangeCount: Int { changes.waitingCount }

    /// Runs the body on one unchanging state of the database.
    public func read<T>(_ body: (Connection) throws -> T) throws -> T {
        do {
            return try readers.read(body)
        } catch let error as DatabaseError {
            throw StorageError(error)
        }
    }

    /// What is known of the database's present state, from memory alone; nil where it has to be loaded. Does not block.
    public func known<Known>(_ memory: Memory<Known>) -> Known? { log?.state.flatMap(memory.value(of:)) }

    /// Runs the body on one unchanging state of the database, with what is loaded of that state unless it is known.
    public func read<Known, T>(
        _ memory: Memory<Known>, load: (Connection) throws -> Known, _ body: (Connection, Known) throws -> T
    ) throws -> T {
        let before = log?.state
        return try read { db in
            // Now the transaction sees one state; it is the one from before unless there was a commit meanwhile.
            _ = try db.integer("PRAGMA data_version")
            guard let state = before, state == log?.state else { return try body(db, load(db)) }
            if let known = memory.value(of: state) { return try body(db, known) }
            let value = try load(db)
            memory.keep(value, of: state)
            return try body(db, value)
        }
    }

    /// Closes every connection. Whatever is under way must have ended, but for the catalogue's index, which is waited for.
    public func close() throws {
        endIndexing()
        do {
            log?.close()
            try readers.close()
            // The last one to close takes the log into the database.
            try writer.close()
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

    /// GRDB turns a connection to NORMAL where it turns on the write-ahead log, which loses acknowledged commits with the power.
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

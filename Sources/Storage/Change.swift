import Dispatch
import GRDB
import GRDBSQLite

/// One caller's change on its way through a commit that it may share with others.
///
/// It is touched by one thread at a time: by its caller until it is enqueued, by whoever leads the commit until `settle`,
/// and by its caller again after that.
final class Change: @unchecked Sendable {
    private var body: ((Connection) throws -> Void)?
    private(set) var failure: (any Error)?
    private var acts: [AfterCommit.Act] = []
    /// The caller sleeps here until the change is settled or the caller is to lead.
    private let wake = DispatchSemaphore(value: 0)
    private(set) var mustLead = false

    init(_ body: @escaping (Connection) throws -> Void) { self.body = body }

    /// Runs the body between savepoints, so that its failure leaves no trace. What the body leaves unresolved for the commit
    /// to find, such as postings without their seal, is found here, because there it would sink everybody's changes.
    func run(in db: Connection) {
        do {
            try db.run("SAVEPOINT change")
            do {
                try body?(db)
                guard Self.unresolvedReferenceCount(in: db) == 0 else {
                    throw StorageError.refused("FOREIGN KEY constraint failed")
                }
                acts = AfterCommit.take(from: db)
            } catch {
                _ = AfterCommit.take(from: db)
                failure = error
                // A full disk or a failing one has rolled everything back already.
                if db.isInsideTransaction { try db.run("ROLLBACK TO change") }
            }
            if db.isInsideTransaction { try db.run("RELEASE change") }
        } catch {
            failure = failure ?? error
        }
    }

    /// Nobody's change of the commit is on disk.
    func fail(_ error: any Error) { failure = failure ?? error }

    /// Hands the change back to its caller. The body is let go first: the caller's frame, which it may refer to, ends next.
    func settle() {
        body = nil
        wake.signal()
    }

    /// Makes the sleeping caller the next one to lead.
    func promote() {
        mustLead = true
        wake.signal()
    }

    func sleep() { wake.wait() }

    /// Runs what waited for the commit, or throws what went wrong.
    func finish() throws {
        if let failure { throw failure }
        for act in acts { act() }
    }

    /// Deferred foreign keys that are broken now.
    private static func unresolvedReferenceCount(in db: Connection) -> Int32 {
        var current: Int32 = 0
        var highest: Int32 = 0
        guard sqlite3_db_status(db.sqliteConnection, SQLITE_DBSTATUS_DEFERRED_FKS, &current, &highest, 0) == SQLITE_OK else {
            return 1
        }
        return current
    }
}

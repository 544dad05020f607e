import Domain
import Foundation
import GRDB
import Ledger
import Synchronization
import Testing

@testable import Storage

struct GroupCommitTests {
    let temporary = try! TemporaryStore()
    var store: Store { temporary.store }

    private struct Stop: Error {}

    /// Holds the writer with one change until as many others wait as are wanted, so that these share the next commit.
    private func together(_ bodies: [@Sendable (Connection) throws -> Void]) -> [Result<Void, any Error>] {
        let results = Mutex<[Int: Result<Void, any Error>]>([:])
        let threads = DispatchGroup()
        let store = store
        try! store.write { _ in
            for (index, body) in bodies.enumerated() {
                let thread = Thread {
                    let result = Result { try store.write(body) }
                    results.withLock { $0[index] = result }
                    threads.leave()
                }
                threads.enter()
                thread.start()
                // In this order.
                while store.waitingChangeCount <= index { sched_yield() }
            }
        }
        threads.wait()
        return results.withLock { results in bodies.indices.map { results[$0]! } }
    }

    private static func open(_ path: String, in db: Connection) throws {
        try db.execute(sql: "INSERT INTO account (path, currency) VALUES (?, 'USD')", arguments: [path])
    }

    private func paths() throws -> Set<String> {
        Set(try store.read { db in try String.fetchAll(db, sql: "SELECT path FROM account") })
    }

    @Test func changesShareACommit() throws {
        let commits = Mutex(0)
        store.beforeCommit { _ in commits.withLock { $0 += 1 } }
        let results = together((0..<20).map { n in { db in try Self.open("assets:receivable:buyer:\(n)", in: db) } })
        for result in results { try result.get() }
        #expect(try paths().count == 20)
        // The change that held the writer, and the twenty behind it.
        #expect(commits.withLock { $0 } == 2)
    }

    @Test func aFailingChangeDoesNotSinkItsNeighbours() throws {
        let results = together([
            { db in try Self.open("assets:bank", in: db) },
            { db in
                try Self.open("assets:receivable:buyer:1", in: db)
                throw Stop()
            },
            // Half an entry: a posting whose transaction never comes, which only COMMIT would refuse.
            { db in
                try db.execute(
                    sql: """
                        INSERT INTO posting (txn, n, account, amount, occurred_at)
                        SELECT 1, 0, id, 5, 0 FROM account WHERE path = 'assets:bank'
                        """)
            },
            { db in try db.execute(sql: "INSERT INTO account (path, currency) VALUES ('nonsense', 'USD')") },
            { db in try Self.open("equity:opening", in: db) },
        ])
        #expect(results.map { (try? $0.get()) != nil } == [true, false, false, false, true])
        #expect(throws: Stop.self) { try results[1].get() }
        #expect(throws: StorageError.refused("FOREIGN KEY constraint failed")) { try results[2].get() }
        #expect(throws: StorageError.self) { try results[3].get() }
        #expect(try paths() == ["assets:bank", "equity:opening"])
        #expect(try store.read { db in try Int.fetchOne(db, sql: "SELECT count(*) FROM posting") } == 0)
    }

    @Test func onlyWhatIsOnDiskIsAnnounced() throws {
        let announced = Mutex<Set<Int>>([])
        let bodies = (0..<6).map { n in
            { @Sendable (db: Connection) throws -> Void in
                try Self.open("assets:receivable:buyer:\(n)", in: db)
                db.afterCommit { announced.withLock { _ = $0.insert(n) } }
                if n % 2 == 1 { throw Stop() }
            }
        }
        _ = together(bodies)
        #expect(announced.withLock { $0 } == [0, 2, 4])
    }

    /// The conclusion covers the whole commit: when it fails, nobody is told that anything is on disk.
    @Test func aFailedConclusionFailsEverybody() throws {
        store.beforeCommit { _ in throw Stop() }
        let announced = Mutex(false)
        #expect(throws: Stop.self) {
            try store.write { db in
                try Self.open("assets:bank", in: db)
                db.afterCommit { announced.withLock { $0 = true } }
            }
        }
        store.beforeCommit { _ in }
        #expect(try paths().isEmpty)
        try store.write { _ in }
        #expect(!announced.withLock { $0 })
    }

    /// SQLite gives the whole transaction up for some errors; nothing of the group may then be acknowledged.
    @Test func aLostTransactionFailsEverybody() throws {
        let results = together([
            { db in try Self.open("assets:bank", in: db) },
            { db in
                try Self.open("equity:opening", in: db)
                try db.execute(sql: "ROLLBACK")
                throw StorageError.diskFull
            },
            { db in try Self.open("assets:receivable:buyer:1", in: db) },
        ])
        for result in results { #expect(throws: StorageError.diskFull) { try result.get() } }
        #expect(try paths().isEmpty)
        try store.write { db in try Self.open("assets:bank", in: db) }
        #expect(try paths() == ["assets:bank"])
    }

    /// Many threads, some of whose changes fail: what was acknowledged is there, and nothing else.
    @Test func acknowledgedIsKeptAndNothingElse() throws {
        let kept = Mutex<Set<String>>([])
        DispatchQueue.concurrentPerform(iterations: 32) { [store] thread in
            for n in 0..<50 {
                let path = "assets:receivable:buyer:\(thread)x\(n)"
                let outcome = Result {
                    try store.write { db in
                        try Self.open(path, in: db)
                        if (thread &* 31 &+ n) % 7 == 0 { throw Stop() }
                    }
                }
                if case .success = outcome { kept.withLock { _ = $0.insert(path) } }
            }
        }
        #expect(try paths() == kept.withLock { $0 })
    }
}

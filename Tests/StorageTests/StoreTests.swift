import Dispatch
import Foundation
import GRDB
import Synchronization
import Testing

@testable import Storage

struct StoreTests {
    let temporary = try! TemporaryStore()
    var store: Store { temporary.store }

    @Test func theWriterIsDurable() throws {
        let settings = try store.write { db in
            try ["synchronous", "journal_mode", "foreign_keys"].map { try String.fetchOne(db, sql: "PRAGMA \($0)") }
        }
        #expect(settings == ["2", "wal", "1"])
    }

    @Test func aReaderChecksReferencesToo() throws {
        #expect(try store.read { db in try Int.fetchOne(db, sql: "PRAGMA foreign_keys") } == 1)
    }

    /// GRDB leaves the writer at NORMAL, which loses acknowledged commits when the power goes.
    @Test func aWriterThatIsNotDurableIsRefused() throws {
        let pool = try DatabasePool(path: temporary.folder.appending(path: "other.sqlite3").path)
        #expect(throws: StorageError.unsafe(setting: "synchronous", found: "1")) {
            try pool.writeWithoutTransaction { db in try Store.demandSafety(of: db) }
        }
        try pool.writeWithoutTransaction { db in
            try db.execute(sql: "PRAGMA synchronous = FULL")
            try Store.demandSafety(of: db)
        }
        #expect(throws: StorageError.unsafe(setting: "foreign_keys", found: "0")) {
            try pool.writeWithoutTransaction { db in
                try db.execute(sql: "PRAGMA foreign_keys = OFF")
                try Store.demandSafety(of: db)
            }
        }
    }

    /// What a killed process had not synced is answered from after recovery, so it must be on disk before that.
    @Test func whatIsRecoveredIsMadeDurableAtTheStart() throws {
        try store.write { db in try db.execute(sql: "INSERT INTO account (path, currency) VALUES ('assets:bank', 'USD')") }
        let name = "fairvoice.sqlite3"
        func copy(_ names: [String], from: URL, to folder: String) throws -> URL {
            let copy = temporary.folder.appending(path: folder)
            try FileManager.default.createDirectory(at: copy, withIntermediateDirectories: true)
            for name in names { try FileManager.default.copyItem(at: from.appending(path: name), to: copy.appending(path: name)) }
            return copy
        }
        let killed = try copy([name, "\(name)-wal"], from: temporary.folder, to: "killed")
        let recovered = try Store(folder: killed.path)
        // The database alone holds it, so the log was synced and copied back.
        let alone = try copy([name], from: killed, to: "alone")
        try recovered.close()
        let count = try Store(folder: alone.path).read { db in try Int.fetchOne(db, sql: "SELECT count(*) FROM account") }
        #expect(count == 1)
    }

    @Test func anErrorRollsEverythingBack() throws {
        struct Stop: Error {}
        #expect(throws: Stop.self) {
            try store.write { db in
                try db.execute(sql: "INSERT INTO account (path, currency) VALUES ('assets:bank', 'USD')")
                throw Stop()
            }
        }
        #expect(try count() == 0)
    }

    /// A read sees one state however long it takes.
    @Test func aReadDoesNotSeeLaterWrites() throws {
        let counts = try store.read { db in
            let first = try Self.count(db)
            let other = Thread { [store] in
                try! store.write { db in
                    try db.execute(sql: "INSERT INTO account (path, currency) VALUES ('assets:bank', 'USD')")
                }
            }
            other.start()
            while !other.isFinished { usleep(1000) }
            return [first, try Self.count(db)]
        }
        #expect(counts == [0, 0])
        #expect(try count() == 1)
    }

    @Test func aReadCannotWrite() {
        #expect(throws: StorageError.self) {
            try store.read { db in try db.execute(sql: "INSERT INTO account (path, currency) VALUES ('assets:bank', 'USD')") }
        }
    }

    @Test func whatWasWrittenIsThereWhenItIsOpenedAgain() throws {
        try store.write { db in try db.execute(sql: "INSERT INTO account (path, currency) VALUES ('assets:bank', 'USD')") }
        try store.close()
        let again = try Store(folder: temporary.folder.path)
        #expect(try again.read { db in try Self.count(db) } == 1)
        try again.close()
    }

    @Test func closingWaitsForTheIndexThatIsBuilt() throws {
        let events = Mutex<[String]>([])
        let mayEnd = DispatchSemaphore(value: 0)
        // Stands in for an index that takes long to build.
        store.indexing.async {
            _ = mayEnd.wait(timeout: .now() + 60)
            events.withLock { $0.append("built") }
        }
        DispatchQueue.global().asyncAfter(deadline: .now() + 0.05) { mayEnd.signal() }
        try store.close()
        events.withLock { $0.append("closed") }
        mayEnd.signal()
        #expect(events.withLock { $0 } == ["built", "closed"])
    }

    @Test func aStoreClosesRightBehindTheWishForAnIndex() throws {
        let errors = Mutex<[String]>([])
        for _ in 0..<50 {
            let temporary = try TemporaryStore()
            temporary.store.indexCatalogue { error in errors.withLock { $0.append("\(error)") } }
            try temporary.store.close()
        }
        #expect(errors.withLock { $0 } == [])
    }

    @Test func aFolderThatIsNotThereIsRefused() {
        #expect(throws: StorageError.self) { try Store(folder: temporary.folder.appending(path: "none").path) }
    }

    @Test func aFileThatIsNoDatabaseIsRefused() throws {
        let folder = temporary.folder.appending(path: "odd")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try Data(repeating: 0x41, count: 8192).write(to: folder.appending(path: "fairvoice.sqlite3"))
        #expect(throws: StorageError.self) { try Store(folder: folder.path) }
    }

    private func count() throws -> Int { try store.read { db in try Self.count(db) } }

    private static func count(_ db: Connection) throws -> Int { try Int.fetchOne(db, sql: "SELECT count(*) FROM account")! }
}

import Dispatch
import Foundation
import GRDB
import Synchronization
import Testing

@testable import Storage

struct ReadersTests {
    let temporary = try! TemporaryStore()
    var store: Store { temporary.store }

    private static func addAccount(_ path: String, to store: Store) throws {
        try store.write { db in
            try db.execute(sql: "INSERT INTO account (path, currency) VALUES (?, 'USD')", arguments: [path])
        }
    }

    private static func countAccounts(_ db: Connection) throws -> Int64 { try db.integer("SELECT count(*) FROM account") ?? -1 }

    @Test func `a reader can't write`() throws {
        #expect(throws: (any Error).self) {
            try store.read { db in try db.execute(sql: "INSERT INTO account (path, currency) VALUES ('a', 'USD')") }
        }
        #expect(try store.read(Self.countAccounts) == 0)
    }

    @Test func `a body sees one state, whatever is committed meanwhile`() throws {
        let counts = try store.read { db in
            let before = try Self.countAccounts(db)
            try Self.addAccount("assets:bank", to: store)
            return [before, try Self.countAccounts(db)]
        }
        #expect(counts == [0, 0])
        #expect(try store.read(Self.countAccounts) == 1)
    }

    @Test func `a body that fails leaves a reader that can be used`() throws {
        struct Stop: Error {}
        for _ in 0..<40 {
            #expect(throws: Stop.self) {
                try store.read { db in
                    _ = try Self.countAccounts(db)
                    throw Stop()
                }
            }
        }
        try Self.addAccount("assets:bank", to: store)
        #expect(try store.read(Self.countAccounts) == 1)
    }

    @Test func `more threads than readers all get their turn`() {
        let total = Atomic<Int64>(0)
        let store = store
        DispatchQueue.concurrentPerform(iterations: 200) { index in
            if index % 10 == 0 { try? Self.addAccount("assets:\(index)", to: store) }
            if let count = try? store.read(Self.countAccounts) { total.add(count >= 0 ? 1 : 0, ordering: .relaxed) }
        }
        #expect(total.load(ordering: .relaxed) == 200)
        #expect((try? store.read(Self.countAccounts)) == 20)
    }

    @Test func `what was loaded is known until a commit, of this process or of another`() throws {
        let memory = Memory<Int64>()
        let loads = Atomic(0)
        func count() throws -> Int64 {
            try store.read(
                memory,
                load: { db in
                    loads.add(1, ordering: .relaxed)
                    return try Self.countAccounts(db)
                }
            ) { _, known in known }
        }
        #expect(store.known(memory) == nil)
        #expect(try count() == 0)
        #expect(store.known(memory) == 0)
        #expect(try count() == 0)
        #expect(loads.load(ordering: .relaxed) == 1)
        try Self.addAccount("assets:bank", to: store)
        #expect(store.known(memory) == nil)
        #expect(try count() == 1)
        // A second store of the same folder stands for another program.
        let other = try Store(folder: temporary.folder.path)
        defer { try? other.close() }
        #expect(try count() == 1)
        try Self.addAccount("assets:other", to: other)
        #expect(store.known(memory) == nil)
        #expect(try count() == 2)
        #expect(store.known(memory) == 2)
    }

    @Test func `a change that was rolled back is nothing new`() throws {
        struct Stop: Error {}
        let memory = Memory<Int64>()
        #expect(try store.read(memory, load: Self.countAccounts) { $1 } == 0)
        #expect(throws: Stop.self) {
            try store.write { db in
                try db.execute(sql: "INSERT INTO account (path, currency) VALUES ('assets:bank', 'USD')")
                throw Stop()
            }
        }
        #expect(try store.read(memory, load: Self.countAccounts) { $1 } == 0)
    }

    /// Threads that read from memory while another writes: nobody sees a state older than one that was committed before.
    @Test func `nobody is told what was true before a commit that had returned`() {
        let memory = Memory<Int64>()
        let committed = Atomic<Int64>(0)
        let store = store
        let faults = Atomic(0)
        DispatchQueue.concurrentPerform(iterations: 4) { thread in
            for index in 0..<100 {
                if thread == 0 {
                    try? Self.addAccount("assets:\(index)", to: store)
                    committed.store(Int64(index + 1), ordering: .sequentiallyConsistent)
                    continue
                }
                let before = committed.load(ordering: .sequentiallyConsistent)
                let seen = store.known(memory) ?? (try? store.read(memory, load: Self.countAccounts) { $1 }) ?? -1
                if seen < before { faults.add(1, ordering: .relaxed) }
            }
        }
        #expect(faults.load(ordering: .relaxed) == 0)
        #expect((try? store.read(memory, load: Self.countAccounts) { $1 }) == 100)
    }

    /// To close any descriptor of the file would end them, and the next program that opens the database would take its log for abandoned.
    @Test func `the locks of the log's index are still held after it was looked at`() throws {
        let memory = Memory<Int64>()
        #expect(try store.read(memory, load: Self.countAccounts) { $1 } == 0)
        #expect(store.known(memory) == 0)
        let path = temporary.folder.appending(path: "fairvoice.sqlite3-shm").path
        let inode = try #require(FileManager.default.attributesOfItem(atPath: path)[.systemFileNumber] as? Int)
        let locks = try String(contentsOfFile: "/proc/locks", encoding: .utf8)
        #expect(locks.split(separator: "\n").contains { $0.contains(":\(inode) ") }, "\(locks)")
    }

    @Test func `nothing is known of a store that was closed`() throws {
        let memory = Memory<Int64>()
        #expect(try store.read(memory, load: Self.countAccounts) { $1 } == 0)
        try store.close()
        #expect(store.known(memory) == nil)
    }
}

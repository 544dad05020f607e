import Foundation
import Testing

@testable import Storage

struct MigrationsTests {
    static let first = Migration(name: "0001_a.sql", sql: "CREATE TABLE a (x INTEGER) STRICT;")
    static let second = Migration(name: "0002_b.sql", sql: "CREATE TABLE b (x INTEGER) STRICT; INSERT INTO a VALUES (1);")

    /// Opens the folder of a store again with other migrations.
    func reopen(_ temporary: TemporaryStore, _ migrations: [Migration]) throws {
        try temporary.store.close()
        try Store(folder: temporary.folder.path, migrations: migrations).close()
    }

    @Test func theProgramsOwnStepsStandInOrder() throws {
        let names = Migrations.embedded.map(\.name)
        #expect(names.first == "0001_books.sql")
        #expect(names == names.sorted() && Set(names).count == names.count)
        for (index, name) in names.enumerated() {
            let number = Int(name.prefix(4))
            #expect(number == index + 1, "\(name)")
        }
    }

    @Test func onlyWhatIsMissingIsApplied() throws {
        let temporary = try TemporaryStore(migrations: [Self.first])
        try reopen(temporary, [Self.first, Self.second])
        try reopen(temporary, [Self.first, Self.second])
    }

    @Test func aStepThatWasChangedAfterwardsIsRefused() throws {
        let temporary = try TemporaryStore(migrations: [Self.first, Self.second])
        let changed = Migration(name: "0001_a.sql", sql: Self.first.sql + " ")
        #expect(throws: StorageError.migrationChanged("0001_a.sql")) { try reopen(temporary, [changed, Self.second]) }
    }

    @Test func aDatabaseOfANewerProgramIsRefused() throws {
        let temporary = try TemporaryStore(migrations: [Self.first, Self.second])
        #expect(throws: StorageError.migrationUnknown("0002_b.sql")) { try reopen(temporary, [Self.first]) }
    }

    @Test func aStepThatFailsLeavesNothing() throws {
        let temporary = try TemporaryStore(migrations: [Self.first])
        let broken = Migration(name: "0002_b.sql", sql: "CREATE TABLE b (x INTEGER) STRICT; INSERT INTO nowhere VALUES (1);")
        do {
            try reopen(temporary, [Self.first, broken])
            Issue.record("a broken step was applied")
        } catch StorageError.migrationFailed("0002_b.sql", _) {}
        try Store(folder: temporary.folder.path, migrations: [Self.first, Self.second]).close()
    }
}

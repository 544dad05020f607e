import Domain
import Foundation
import GRDB
import Testing

@testable import Storage

/// Payouts and batches from before two admins were needed are read as they were.
@Suite struct PayoutMigrationTests {
    @Test func `old batches keep their file, old payouts their destination`() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "fairvoice-old-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let contributor = ID<Contributor>("con_01HZZZZZZZZZZZZZZZZZZZZZZZ")!
        let batch = ID<PayoutBatch>("bat_01HZZZZZZZZZZZZZZZZZZZZZZZ")!
        let sent = ID<Payout>("pay_01HZZZZZZZZZZZZZZZZZZZZZZ1")!
        let waiting = ID<Payout>("pay_01HZZZZZZZZZZZZZZZZZZZZZZ2")!
        let old = try Store(folder: folder.path, migrations: Array(Migrations.embedded.prefix { $0.name < "0003" }))
        try old.write { db in
            try db.execute(sql: "INSERT INTO contributor VALUES (?, 'DE', 1, NULL)", arguments: [contributor.text])
            try db.execute(
                sql: "INSERT INTO contributor_profile VALUES (?, NULL, NULL, NULL, 'say \"DE89\", 王', 7)",
                arguments: [contributor.text])
            try db.execute(
                sql: "INSERT INTO payout_batch VALUES (?, 'USD', 'adm_1', x'6162', 'ff', 5)", arguments: [batch.text])
            for (id, status, of) in [(sent, "sent", batch.text), (waiting, "requested", nil)] {
                try db.execute(
                    sql: "INSERT INTO payout VALUES (?, ?, 'USD', 10000, 'manual', ?, ?, NULL, 3, 4)",
                    arguments: [id.text, contributor.text, status, of])
            }
        }
        try old.close()
        let store = try Store(folder: folder.path)
        try store.write { db in
            let kept = try #require(try PayoutBatches.find(batch, in: db))
            #expect(kept.status == .approved && kept.payoutCount == 1 && kept.total.micros == 10_000 && kept.sha256 == "ff")
            #expect(try PayoutBatches.file(of: batch, in: db) == [0x61, 0x62])
            #expect(try Payouts.find(sent, in: db)?.details == .manual("say \"DE89\", 王"))
            #expect(try Payouts.firstReady(nil, at: Timestamp(milliseconds: 9), in: db)?.id == waiting)
            // Details that were there before are the first ones: another text cools off.
            var person = try #require(try Contributors.find(contributor, in: db))
            #expect(person.profile.payoutDetails == .manual("say \"DE89\", 王"))
            #expect(try PayoutDetailsChanges.last(of: contributor, in: db) == nil)
            person.profile.payoutDetails = .manual("other")
            try Contributors.save(person, at: Timestamp(milliseconds: 8), in: db)
            #expect(try PayoutDetailsChanges.last(of: contributor, in: db) == Timestamp(milliseconds: 8))
        }
        #expect(throws: StorageError.refused("a payout is never redirected")) {
            try store.write { db in try db.execute(sql: "UPDATE payout_destination SET details = '\"mine\"'") }
        }
        #expect(throws: StorageError.refused("a payout that is under way keeps its destination")) {
            try store.write { db in
                try db.execute(sql: "DELETE FROM payout_destination WHERE payout = ?", arguments: [waiting.text])
            }
        }
        #expect(throws: StorageError.refused("a batch is decided once")) {
            try store.write { db in try db.execute(sql: "UPDATE payout_batch SET file = x'00'") }
        }
        try store.close()
    }
}

import Crypto
import Domain
import Foundation
import GRDB
import JSON
import Ledger
import TestSupport
import Testing

@testable import Storage

struct LogTests {
    static let key = Ed25519.PrivateKey(seed: [UInt8](repeating: 5, count: 32))!
    static let start = Timestamp(milliseconds: 1_770_000_000_000)

    /// Deposits and audit entries in turn; heads are signed after every change, as the market does it.
    static func post(_ numbers: ClosedRange<Int>, in store: Store) throws {
        try store.write { db in
            if try SigningKeys.all(in: db).isEmpty {
                try SigningKeys.insert(
                    .init(id: JWK(key.publicKey).keyID, seed: key.seed, publicKey: key.publicKey.bytes), at: start, in: db)
            }
        }
        for number in numbers {
            try store.write { db in
                try Books(db).post(
                    Entries.buyerDeposit(
                        "dep_\(number)", buyer: "b\(number % 3)", amount: Money(micros: Int64(number), currency: .usd),
                        on: Occasion(id: "txn_\(number)", at: start)))
                if number % 4 == 0 {
                    try AuditLog.append(
                        actor: "adm_1", action: "deposit.entered", subject: "dep_\(number)", detail: "Ada \(number)", at: start,
                        in: db)
                }
                try LogHeads.sign(at: start, in: db) { $0.note(signedBy: key) }
            }
        }
    }

    /// What the rows hold is the tree of the leaves; every proof that they give holds.
    @Test func theRowsAreTheTree() throws {
        let temporary = try TemporaryStore()
        try Self.post(1...100, in: temporary.store)
        try temporary.store.read { db in
            let log = Log(db)
            let size = try log.size()
            #expect(size == 125)
            var frontier = MerkleFrontier()
            var roots = [frontier.root]
            for position in 0..<size {
                let header = try #require(try log.header(at: position))
                frontier.append(MerkleLog.leafHash(header.canonicalBytes()))
                roots.append(frontier.root)
                #expect(try log.root(size: position + 1) == frontier.root)
            }
            for first in stride(from: Int64(1), through: size, by: 7) {
                #expect(
                    MerkleLog.isConsistent(
                        first: first, firstRoot: roots[Int(first)], second: size, secondRoot: roots[Int(size)],
                        path: try log.consistencyPath(first: first, second: size)))
            }
            #expect(try log.header(at: size) == nil)
            let head = try #require(try LogHeads.newest(in: db))
            #expect(head.size == size && head.root == roots[Int(size)])
            #expect(Books(db).verify().isSound, "\(Books(db).verify().findings)")
        }
    }

    @Test func aReceiptShowsItsOwnerOnly() throws {
        let temporary = try TemporaryStore()
        try Self.post(1...9, in: temporary.store)
        try temporary.store.read { db in
            let keys = [VerifierKey(name: try Log(db).origin(), publicKey: Self.key.publicKey)]
            let mine = AccountPath.prepaid(buyer: "b1").text
            let receipt = try #require(try Log(db).receipt(of: "txn_4") { $0 == mine })
            #expect(try receipt.verify(keys: keys).size == Log(db).size())
            #expect(receipt.parts.map { $0.content["account"] } == [.string(mine)])
            #expect(try Log(db).receipt(of: "txn_5") { $0 == mine } == nil)
            #expect(try Log(db).receipt(of: "txn_none") { _ in true } == nil)
        }
    }

    /// A transaction that is rolled back leaves no leaf.
    @Test func aRefusedTransactionIsNotInTheLog() throws {
        let temporary = try TemporaryStore()
        try Self.post(1...2, in: temporary.store)
        #expect(throws: LedgerError.duplicate(idempotencyKey: "deposit:dep_1")) {
            try Self.post(1...1, in: temporary.store)
        }
        struct Stop: Error {}
        #expect(throws: Stop.self) {
            try temporary.store.write { db in
                try AuditLog.append(actor: "a", action: "b", subject: "c", at: Self.start, in: db)
                throw Stop()
            }
        }
        #expect(try temporary.store.read { db in try Log(db).size() } == 2)
    }

    /// A folder that was written before there was a log gets its leaves when it is opened.
    @Test func anOlderFolderIsFilled() throws {
        let temporary = try TemporaryStore(migrations: Array(Migrations.embedded.prefix(2)))
        try temporary.store.close()
        let path = temporary.folder.appending(path: "fairvoice.sqlite3").path
        let queue = try DatabaseQueue(path: path)
        try queue.write { db in
            for number in 1...5 {
                let transaction = try Entries.buyerDeposit(
                    "dep_\(number)", buyer: "b", amount: Money(micros: 7, currency: .usd),
                    on: Occasion(id: "txn_\(number)", at: Self.start))
                try Self.insertWithoutLog(transaction, number, in: db)
            }
            try db.execute(
                sql:
                    "INSERT INTO audit_entry (at, actor, action, subject, detail) VALUES (1, 'a', 'b', 'c', 'd'), (2, 'e', 'f', 'g', '')"
            )
        }
        try queue.close()
        let store = try Store(folder: temporary.folder.path)
        defer { try? store.close() }
        try store.read { db in
            let log = Log(db)
            let size = try log.size()
            #expect(size == 7)
            #expect(try log.entry(at: 4) == .transaction(5))
            #expect(try log.entry(at: 5) == .auditEntry(1))
            #expect(Books(db).verify().isSound, "\(Books(db).verify().findings)")
        }
        try Self.post(6...8, in: store)
        #expect(try store.read { db in Books(db).verify().findings } == [])
    }

    private static func insertWithoutLog(_ transaction: Transaction, _ sequence: Int, in db: Database) throws {
        for (n, posting) in transaction.postings.enumerated() {
            try db.execute(
                sql:
                    "INSERT INTO account (path, currency) SELECT ?1, 'USD' WHERE NOT EXISTS (SELECT 1 FROM account WHERE path = ?1)",
                arguments: [posting.account.path.text])
            try db.execute(
                sql:
                    "INSERT INTO posting (txn, n, account, amount, occurred_at) SELECT ?, ?, id, ?, ? FROM account WHERE path = ?",
                arguments: [
                    sequence, n, posting.amount, transaction.occurredAt.milliseconds, posting.account.path.text,
                ])
        }
        try db.execute(
            sql: """
                INSERT INTO txn (sequence, id, kind, occurred_at, description, idempotency_key, corrects, metadata, leaf)
                VALUES (?, ?, ?, ?, ?, ?, NULL, ?, ?)
                """,
            arguments: [
                sequence, transaction.id, transaction.kind.rawValue, transaction.occurredAt.milliseconds, transaction.description,
                transaction.idempotencyKey, JSON.object(JSONObject(transaction.metadata)).description, Data(transaction.leafHash),
            ])
    }

    /// The detail of an audit entry can be erased; the log stays what it was.
    @Test func anErasedDetailLeavesTheLogValid() throws {
        let temporary = try TemporaryStore()
        try Self.post(1...8, in: temporary.store)
        let before = try temporary.store.read { db in try Log(db).root(size: 10) }
        try temporary.store.write { db in try AuditLog.eraseDetail(of: 1, in: db) }
        try temporary.store.read { db in
            let after = try Log(db).root(size: 10)
            #expect(after == before)
            #expect(try AuditLog.list(PageRequest(limit: 9), in: db).rows.map(\.detail) == ["", "Ada 8"])
            #expect(Books(db).verify().isSound, "\(Books(db).verify().findings)")
        }
    }

    @Test(arguments: [
        "UPDATE log_leaf SET nodes = zeroblob(32)", "DELETE FROM log_leaf", "UPDATE log_head SET note = ''",
        "DELETE FROM log_head", "UPDATE log_origin SET secret = zeroblob(32)", "DELETE FROM log_origin",
        "INSERT INTO log_leaf (position, txn, nodes) VALUES (99, 1, zeroblob(32))",
        "INSERT INTO log_leaf (position, txn, nodes) VALUES (10, 1, zeroblob(32))",
        "INSERT INTO log_head (size, root, note, signed_at) VALUES (3, zeroblob(32), '', 0)",
        "INSERT INTO log_head (size, root, note, signed_at) VALUES (11, zeroblob(32), '', 0)",
        "UPDATE audit_entry SET subject = 'x'", "UPDATE audit_entry SET detail = 'x'", "DELETE FROM audit_entry",
        "UPDATE audit_entry SET detail_hash = NULL",
        "INSERT INTO audit_entry (at, actor, action, subject, detail) VALUES (1, '', '', '', '')",
    ]) func theSchemaRefuses(_ sql: String) throws {
        let temporary = try TemporaryStore()
        try Self.post(1...8, in: temporary.store)
        #expect(throws: StorageError.self) { try temporary.store.write { db in try db.execute(sql: sql) } }
    }

    struct Damage: Sendable, CustomTestStringConvertible {
        let sql: String
        let findings: [VerificationReport.Finding]
        var testDescription: String { sql }
    }

    private static let headRows = VerificationReport.Finding.changedRows(table: "log_head", expected: 8, found: 8)

    static let damages: [Damage] = [
        Damage(
            sql: "UPDATE log_leaf SET nodes = zeroblob(32) WHERE position = 2",
            findings: [.wrongLeaf(position: 2), .wrongNodes(position: 3), .wrongNodes(position: 7)]
                + [3, 5, 6, 7, 8, 10].map { .wrongHead(size: $0) }),
        Damage(
            sql: "UPDATE log_leaf SET nodes = CAST(substr(nodes, 1, 64) || zeroblob(32) AS BLOB) WHERE position = 3",
            findings: [.wrongNodes(position: 3)]),
        Damage(sql: "DELETE FROM log_leaf WHERE position = 4", findings: [.gapInLog(position: 4)]),
        Damage(
            sql: "DELETE FROM log_leaf WHERE position = 9",
            findings: [.wrongHead(size: 10), .unlogged(.auditEntry(2))]),
        Damage(
            sql: "DELETE FROM log_head WHERE size = 10",
            findings: [.uncovered(size: 8), .changedRows(table: "log_head", expected: 8, found: 7)]),
        Damage(
            sql: "UPDATE log_head SET root = zeroblob(32) WHERE size = 3", findings: [.wrongHead(size: 3), headRows]),
        Damage(
            sql: "UPDATE log_head SET note = replace(note, '3', '4') WHERE size = 3", findings: [.wrongHead(size: 3), headRows]),
        Damage(
            sql: "UPDATE audit_entry SET subject = 'dep_9' WHERE sequence = 1", findings: [.wrongLeaf(position: 4)]),
        Damage(
            sql: "UPDATE audit_entry SET detail = 'Eve' WHERE sequence = 1", findings: [.wrongDetail(entry: 1)]),
        Damage(
            sql: "UPDATE audit_entry SET salt = NULL WHERE sequence = 1", findings: [.wrongDetail(entry: 1)]),
    ]

    @Test(arguments: damages) func damageIsNamed(_ damage: Damage) throws {
        let temporary = try TemporaryStore()
        try Self.post(1...8, in: temporary.store)
        try RawFile.change(temporary.folder, damage.sql)
        let found = try temporary.store.read { db in Books(db).verify().findings }
        #expect(Set(found) == Set(damage.findings), "\(found)")
    }
}

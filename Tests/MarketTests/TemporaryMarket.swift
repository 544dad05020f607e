import Domain
import Foundation
import JSON
import Ledger
import Market
import Storage
import Synchronization
import TestSupport
import Testing

/// A market in a folder of its own, whose clock the test moves.
final class TemporaryMarket {
    let folder: URL
    let market: Marketplace
    private let clock: Clock
    let admins: [String]

    static let start = Timestamp(rfc3339: "2026-11-02T09:00:00Z")!
    static let debtor = Debtor(name: "Fairvoice", iban: IBAN("DE89370400440532013000")!, bic: nil)

    var now: Timestamp { clock.now }

    /// - Parameter change: what its rate card has beside the standard one.
    init(seed: UInt64 = 1, currency: String = "USD", _ change: (inout JSONObject) -> Void = { _ in }) throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "fairvoice-market-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let chance = Mutex(SeededRandom(seed: seed))
        let clock = Clock()
        let market = try Marketplace(
            store: Store(folder: folder.path), ids: IDSource { chance.withLock { $0.next() } }, clock: { clock.now })
        var document = try #require(RateCard.standard.json.asObject)
        document["currency"] = .string(currency)
        change(&document)
        admins = try market.store.write { db in
            _ = try market.publishRateCard(.object(document), by: "test", at: clock.now, in: db)
            return try ["A", "B"].map { try market.createAdmin(name: $0, at: clock.now, in: db).record.owner }
        }
        self.market = market
        self.clock = clock
    }

    deinit {
        try? market.store.close()
        try? FileManager.default.removeItem(at: folder)
    }

    func wait(seconds: Int64) { clock.advance(seconds: seconds) }

    func write<Value>(_ body: (Connection, Timestamp) throws -> Value) throws -> Value {
        try market.store.write { db in try body(db, now) }
    }

    func signUp(_ details: PayoutDetails?, region: String? = "DE") throws -> ID<Contributor> {
        try write { db, now in
            try market.signUpContributor(
                languages: [.init(language: Language("de")!)], region: region, profile: .init(payoutDetails: details), at: now,
                in: db
            ).contributor.id
        }
    }

    /// Changes where payouts go, as PATCH /v1/me does.
    func change(_ details: PayoutDetails?, of contributor: ID<Contributor>) throws {
        try write { db, now in
            var person = try #require(try Contributors.find(contributor, in: db))
            person.profile.payoutDetails = details
            try Contributors.save(person, at: now, in: db)
        }
    }

    /// Pays somebody for a session of work.
    func earn(_ micros: Int64, _ contributor: ID<Contributor>, currency: Currency = .usd) throws {
        try write { db, now in
            let id: ID<Entry> = market.ids.make(at: now)
            try Books(db).post(
                Entries.floorTopUp(
                    session: id.text, contributor: contributor.text, amount: Money(micros: micros, currency: currency),
                    on: Occasion(id, at: now)))
        }
    }

    func request(_ contributor: ID<Contributor>, _ amount: Money? = nil) throws -> Payout {
        try write { db, now in try market.requestPayout(amount: amount, method: nil, by: contributor, at: now, in: db) }
    }

    func prepare(_ method: PayoutDetails.Method? = nil) throws -> PayoutBatch {
        try write { db, now in
            try market.preparePayoutBatch(method: method, debtor: Self.debtor, by: admins[0], at: now, in: db)
        }
    }

    /// Prepares by one admin and approves by the other.
    func send(_ method: PayoutDetails.Method? = nil) throws -> PayoutBatch {
        let batch = try prepare(method)
        return try write { db, now in try market.approvePayoutBatch(batch.id, by: admins[1], at: now, in: db) }
    }

    func enter(_ word: BankStatus.Word, _ payout: Payout, reason: String? = nil, fee: Int64 = 0) throws {
        let status = BankStatus(payout: payout.id, word: word, reason: reason, fee: fee)
        try write { db, now in
            let batch = try #require(try Payouts.find(payout.id, in: db)?.batch)
            _ = try market.enterBankStatuses([status], of: batch, by: admins[0], at: now, in: db)
        }
    }

    func payout(_ id: ID<Payout>) throws -> Payout {
        try market.store.read { db in try #require(try Payouts.find(id, in: db)) }
    }

    func file(_ batch: PayoutBatch) throws -> String {
        try market.store.read { db in String(decoding: try #require(try PayoutBatches.file(of: batch.id, in: db)), as: UTF8.self)
        }
    }

    /// Micros that an account holds for its owner: credits less debits.
    func funds(_ path: AccountPath, currency: Currency = .usd) throws -> Int64 {
        try market.store.read { db in try Books(db).funds(in: Account(path, currency)).micros }
    }

    func verify() throws -> [VerificationReport.Finding] { try market.store.read { db in Books(db).verify().findings } }

    private final class Clock: Sendable {
        private let moment = Mutex(TemporaryMarket.start)
        var now: Timestamp { moment.withLock { $0 } }
        func advance(seconds: Int64) { moment.withLock { $0 = $0.adding(seconds: seconds) } }
    }
}

import Domain
import JSON
import Ledger
import Market
import Storage
import TestSupport
import Testing

/// Random lives of payouts beside the model: requests, changes of details, batches, refusals, cancellations, what the bank says.
@Suite struct PayoutLifecycleTests {
    private static let regions = ["US", "DE", "US", "FR"]

    @Test(arguments: [1, 3, 4, 5, 6]) func `money is conserved whatever happens to payouts`(_ seed: UInt64) throws {
        var life = try Life(seed: seed)
        for step in 0..<400 {
            try life.step()
            if step % 10 == 0 { try life.compare() }
        }
        try life.compare()
        try life.compareFiles()
        #expect(try life.place.verify().isEmpty)
    }

    private struct Life {
        let place: TemporaryMarket
        var model: PayoutModel
        let people: [ID<Contributor>]
        var details: [PayoutDetails]
        /// Before this, payouts of a person cool off.
        var coolUntil: [Timestamp]
        var batches: [ID<PayoutBatch>: PayoutBatch.Status] = [:]
        var random: SeededRandom

        init(seed: UInt64) throws {
            random = SeededRandom(seed: seed)
            let place = try TemporaryMarket(seed: seed) { document in
                document["withholding"] = ["US": ["rate": "0.25", "threshold_per_year": "50"]]
            }
            let details: [PayoutDetails] = [PayoutTests.paypal, PayoutTests.sepa, .manual("cash"), PayoutTests.paypal]
            people = try zip(details, regions).map { try place.signUp($0, region: $1) }
            self.details = details
            coolUntil = details.map { _ in place.now }
            model = PayoutModel(earned: details.map { _ in 0 }, isTaxed: regions.map { $0 == "US" })
            self.place = place
        }

        private mutating func below(_ limit: Int) -> Int { Int.random(in: 0..<limit, using: &random) }

        mutating func step() throws {
            place.wait(seconds: Int64(below(3600)))
            switch below(14) {
            case 0, 1: try earn()
            case 2, 3, 4: try request()
            case 5: try void()
            case 6: try changeDetails()
            case 7, 8: try prepare()
            case 9, 10: try decide()
            default: try hearFromBank()
            }
        }

        private mutating func earn() throws {
            let person = below(people.count)
            let micros = Int64(1 + below(80_000_000))
            try place.earn(micros, people[person])
            model.earned[person] += micros
        }

        private mutating func request() throws {
            let person = below(people.count)
            let available = model.available(person)
            let wanted = Int64(1 + below(4000)) * 10_000
            let isCovered = wanted <= available && wanted >= 1_000_000
            let amount = Money(micros: wanted, currency: .usd)
            guard isCovered else {
                #expect(throws: MarketError.self) { try place.request(people[person], amount) }
                return
            }
            let payout = try place.request(people[person], amount)
            model.entries.append(
                .init(
                    id: payout.id, person: person, amount: wanted, method: details[person].method, notBefore: coolUntil[person]))
        }

        private mutating func void() throws {
            guard !model.entries.isEmpty else { return }
            let index = below(model.entries.count)
            let entry = model.entries[index]
            func attempt() throws {
                _ = try place.write { db, now in
                    try place.market.voidPayout(entry.id, by: people[entry.person], at: now, in: db)
                }
            }
            if entry.status == .voided || entry.status == .requested && entry.batch == nil {
                try attempt()
                model.entries[index].status = .voided
            } else {
                #expect(throws: MarketError.self) { try attempt() }
            }
        }

        private mutating func changeDetails() throws {
            let person = below(people.count)
            let new: PayoutDetails =
                [.paypal(EmailAddress("p\(below(50))@example.org")!), .manual("cash \(below(50))"), PayoutTests.sepa][below(3)]
            if new != details[person] { coolUntil[person] = place.now.adding(seconds: 72 * 3600) }
            try place.change(new, of: people[person])
            details[person] = new
        }

        private mutating func prepare() throws {
            let method = [PayoutDetails.Method.paypal, .sepa, .manual, .wise][below(4)]
            let ready = model.ready(method, at: place.now)
            guard !ready.isEmpty else {
                #expect(throws: MarketError.self) { try place.prepare(method) }
                return
            }
            let batch = try place.prepare(method)
            model.prepare(ready, batch.id)
            batches[batch.id] = .prepared
            let members = model.entries.filter { $0.batch == batch.id }
            #expect(batch.payoutCount == members.count && batch.net.micros == members.reduce(0) { $0 + $1.net })
            for entry in members { #expect(try place.payout(entry.id).tax.amount.micros == entry.tax) }
        }

        private mutating func decide() throws {
            guard let batch = batches.keys.sorted().randomElement(using: &random) else { return }
            let isApproval = below(3) > 0
            let admin = place.admins[below(2)]
            func attempt() throws {
                _ = try place.write { db, now in
                    isApproval
                        ? try place.market.approvePayoutBatch(batch, by: admin, at: now, in: db)
                        : try place.market.cancelPayoutBatch(batch, by: admin, at: now, in: db)
                }
            }
            guard batches[batch] == .prepared, !isApproval || admin == place.admins[1] else {
                #expect(throws: MarketError.self) { try attempt() }
                return
            }
            try attempt()
            batches[batch] = isApproval ? .approved : .cancelled
            for index in model.entries.indices where model.entries[index].batch == batch {
                if isApproval { model.entries[index].status = .sent } else { model.entries[index].batch = nil }
            }
        }

        private mutating func hearFromBank() throws {
            // Mostly of payouts that are under way, now and then of any that is or was in a batch.
            let isAny = below(4) == 0
            let known = model.entries.indices.filter { index in
                let entry = model.entries[index]
                return entry.batch != nil && (isAny || [.sent, .settled].contains(entry.status))
            }
            guard let index = known.randomElement(using: &random) else { return }
            let entry = model.entries[index]
            let word = BankStatus.Word.allCases[below(4)]
            let reason = word == .rejected || word == .returned ? "AC04" : nil
            let fee = word == .settled ? Int64(below(2)) * 300_000 : 0
            let next: Payout.Status?
            switch (word, entry.status) {
            case (.accepted, .sent), (.accepted, .settled), (.accepted, .returned): next = entry.status
            case (.settled, .sent): next = .settled
            case (.rejected, .sent): next = .failed
            case (.returned, .settled): next = .returned
            // Said again: nothing happens, unless the fee is another.
            case (.settled, .settled), (.settled, .returned): next = fee == entry.fee ? entry.status : nil
            case (.rejected, .failed), (.returned, .returned): next = entry.status
            case (.accepted, .failed):
                let wasAccepted = try place.market.store.read { db in
                    try Payouts.bankStatus(.accepted, of: entry.id, in: db) != nil
                }
                next = wasAccepted ? entry.status : nil
            default: next = nil
            }
            let payout = try place.payout(entry.id)
            guard let next else {
                #expect(throws: MarketError.self) { try place.enter(word, payout, reason: reason, fee: fee) }
                return
            }
            try place.enter(word, payout, reason: reason, fee: fee)
            if word == .settled, entry.status == .sent { model.entries[index].fee = fee }
            model.entries[index].status = next
        }

        func compare() throws {
            for (number, person) in people.enumerated() {
                #expect(try place.funds(.available(contributor: person.text)) == model.available(number))
                #expect(try place.funds(.reserved(contributor: person.text)) == model.reserved(number))
            }
            #expect(try place.funds(.payoutsInTransit) == model.inTransit && model.inTransit >= 0)
            #expect(try place.funds(.taxWithheld(jurisdiction: "US")) == model.withheld)
            #expect(try place.funds(.bank) == model.paidByBank)
            let sum = try place.market.store.read { db in try Books(db).trialBalance().reduce(0) { $0 + $1.balance.micros } }
            #expect(sum == 0)
            for entry in model.entries {
                let payout = try place.payout(entry.id)
                #expect(payout.status == entry.status && payout.batch == entry.batch)
            }
            // What was earned is somewhere, once.
            let held = people.indices.reduce(0) { $0 + model.available($1) + model.reserved($1) }
            let gone = model.entries.filter { $0.status == .settled }.reduce(0) { $0 + $1.net }
            #expect(model.earned.reduce(0, +) == held + model.inTransit + model.withheld + gone)
        }

        /// Every payout that was sent stands in exactly one file, and no other payout in any.
        func compareFiles() throws {
            let files = try place.market.store.read { db in
                try batches.keys.compactMap { try PayoutBatches.file(of: $0, in: db) }.map { String(decoding: $0, as: UTF8.self) }
            }
            #expect(files.count == batches.values.count { $0 == .approved })
            for entry in model.entries {
                let name = Payout.endToEndID(of: entry.id)
                #expect(files.count { $0.contains(name) } == (entry.isOut ? 1 : 0))
            }
            #expect(model.entries.contains { $0.status == .returned } && model.entries.contains { $0.status == .failed })
        }
    }
}

import Domain
import JSON
import Ledger
import Market
import Storage
import Testing

@Suite struct PayoutTests {
    static let paypal = PayoutDetails.paypal(EmailAddress("ada@example.org")!)
    static let sepa = PayoutDetails.sepa(.init(accountHolder: "Ada", iban: IBAN("GR1601101250000000012300695")!))

    static func taxed(_ document: inout JSONObject) {
        document["withholding"] = ["US": ["rate": "0.24", "threshold_per_year": "100"]]
    }

    @Test func `a later change of details redirects nothing, and cools off`() throws {
        let place = try TemporaryMarket()
        let ada = try place.signUp(Self.paypal)
        try place.earn(100_000_000, ada)
        let first = try place.request(ada, Money(decimal: "10", currency: .usd))
        #expect(first.notBefore == nil)
        try place.change(.paypal(EmailAddress("thief@example.org")!), of: ada)
        let second = try place.request(ada, Money(decimal: "10", currency: .usd))
        #expect(second.notBefore == place.now.adding(seconds: 72 * 3600))
        let batch = try place.send()
        #expect(try place.file(batch).contains("ada@example.org") && !place.file(batch).contains("thief"))
        #expect(batch.payoutCount == 1)
        #expect(throws: MarketError.self) { try place.prepare() }
        place.wait(seconds: 72 * 3600 - 1)
        #expect(throws: MarketError.self) { try place.prepare() }
        place.wait(seconds: 1)
        #expect(try place.file(place.send()).contains("thief@example.org"))
    }

    @Test func `taking details back first is no way around the cooling-off`() throws {
        let place = try TemporaryMarket()
        let ada = try place.signUp(Self.paypal)
        try place.earn(100_000_000, ada)
        try place.change(nil, of: ada)
        try place.change(.paypal(EmailAddress("thief@example.org")!), of: ada)
        #expect(try place.request(ada).notBefore != nil)
    }

    @Test func `saying the same details again changes nothing`() throws {
        let place = try TemporaryMarket()
        let ada = try place.signUp(nil)
        try place.earn(100_000_000, ada)
        try place.change(Self.sepa, of: ada)
        try place.change(Self.sepa, of: ada)
        #expect(try place.request(ada).notBefore == nil)
    }

    @Test func `one admin alone sends nothing, whatever the program does`() throws {
        let place = try TemporaryMarket()
        let ada = try place.signUp(Self.paypal)
        try place.earn(100_000_000, ada)
        let payout = try place.request(ada)
        let batch = try place.prepare()
        #expect(throws: MarketError.wrongState("You prepared this batch; another admin must approve it.")) {
            try place.write { db, now in
                try place.market.approvePayoutBatch(batch.id, by: place.admins[0], at: now, in: db)
            }
        }
        let file = try PaymentFile.write(
            batch.id, method: .paypal,
            rows: [.init(payout: payout.id, amount: payout.amount, details: Self.paypal, uetr: "")], debtor: nil,
            createdAt: place.now)
        #expect(throws: StorageError.refused("a batch is approved by another admin than prepared it")) {
            try place.write { db, now in
                try PayoutBatches.approve(batch.id, file, sha256: "", by: place.admins[0], at: now, in: db)
            }
        }
        #expect(throws: StorageError.refused("a payout is sent once, in an approved batch")) {
            try place.write { db, now in _ = try Payouts.move(payout.id, from: .requested, to: .sent, at: now, in: db) }
        }
        #expect(try place.funds(.payoutsInTransit) == 0 && place.payout(payout.id).status == .requested)
    }

    @Test func `a payout is in one batch`() throws {
        let place = try TemporaryMarket()
        let ada = try place.signUp(Self.paypal)
        try place.earn(100_000_000, ada)
        let payout = try place.request(ada, Money(decimal: "40", currency: .usd))
        let first = try place.prepare()
        #expect(throws: MarketError.self) { try place.prepare() }
        #expect(throws: MarketError.self) {
            try place.write { db, now in try place.market.voidPayout(payout.id, by: ada, at: now, in: db) }
        }
        _ = try place.write { db, now in try place.market.cancelPayoutBatch(first.id, by: place.admins[0], at: now, in: db) }
        let second = try place.send()
        #expect(try place.payout(payout.id).batch == second.id)
        for batch in [first, second] {
            #expect(throws: MarketError.self) {
                try place.write { db, now in try place.market.approvePayoutBatch(batch.id, by: place.admins[1], at: now, in: db) }
            }
        }
        let other = try place.request(ada, Money(decimal: "40", currency: .usd))
        let third = try place.prepare()
        _ = try place.request(ada, Money(decimal: "20", currency: .usd))
        let fourth = try place.prepare()
        #expect(throws: StorageError.refused("a payout is in one batch")) {
            try place.write { db, now in try Payouts.put(other.id, into: fourth.id, other.tax, at: now, in: db) }
        }
        #expect(throws: StorageError.refused("a payout is in one batch")) {
            try place.write { db, now in try Payouts.release(from: second.id, at: now, in: db) }
        }
        #expect(try place.payout(other.id).batch == third.id && place.verify().isEmpty)
    }

    @Test func `each method has batches of its own, of what its file can hold`() throws {
        let place = try TemporaryMarket()
        let wise = PayoutDetails.wise(.init(name: "W", currency: .usd, email: EmailAddress("w@example.org"), account: nil))
        let people = try [Self.paypal, Self.sepa, .manual("cash")].map { try place.signUp($0) }
        let many = try place.signUp(wise)
        for person in people { try place.earn(100_000_000, person) }
        try place.earn(2_000_000_000, many)
        for person in people { _ = try place.request(person) }
        for _ in 0..<1001 { _ = try place.request(many, Money(decimal: "1", currency: .usd)) }
        #expect(try place.prepare(.wise).payoutCount == 1000)
        #expect(try place.prepare(.wise).payoutCount == 1)
        #expect(try place.send().method == .paypal)
        #expect(try place.file(place.send(.sepa)).contains("GR1601101250000000012300695"))
        #expect(try place.send().method == .manual)
        #expect(try place.verify().isEmpty)
    }

    @Test func `SEPA needs the account that pays`() throws {
        let place = try TemporaryMarket(currency: "EUR")
        let ada = try place.signUp(Self.sepa)
        try place.earn(100_000_000, ada, currency: Currency(code: "EUR")!)
        _ = try place.request(ada)
        #expect(throws: MarketError.self) {
            try place.write { db, now in
                try place.market.preparePayoutBatch(method: .sepa, debtor: nil, by: place.admins[0], at: now, in: db)
            }
        }
        #expect(try place.file(place.send()).contains("<Cd>SEPA</Cd>"))
    }

    @Test(arguments: [("JPY", "1000.900000", "1000.000000"), ("KWD", "12.345999", "12.345000"), ("USD", "1.999999", "1.990000")])
    func `whole minor units leave and the rest stays`(_ code: String, _ earned: String, _ paid: String) throws {
        let currency = try #require(Currency(code: code))
        let place = try TemporaryMarket(currency: code)
        let ada = try place.signUp(Self.paypal)
        let micros = try #require(Decimal6.parse(earned))
        try place.earn(micros, ada, currency: currency)
        let payout = try place.request(ada)
        #expect(payout.amount.decimal == paid)
        #expect(try place.file(place.send()).contains(payout.amount.minorUnitDecimal))
        #expect(try place.funds(.available(contributor: ada.text), currency: currency) == micros - payout.amount.micros)
    }

    @Test func `tax is withheld, given back when the bank refuses, and remitted`() throws {
        let place = try TemporaryMarket(Self.taxed)
        let ada = try place.signUp(Self.paypal, region: "US")
        try place.earn(300_000_000, ada)
        let payout = try place.request(ada)
        #expect(payout.tax.amount.decimal == "48.000000" && payout.net.decimal == "252.000000")
        let batch = try place.send()
        #expect(try batch.net.decimal == "252.000000" && place.file(batch).contains(",252.00,USD"))
        #expect(try place.funds(.taxWithheld(jurisdiction: "US")) == 48_000_000)
        #expect(try place.funds(.payoutsInTransit) == 252_000_000)
        try place.enter(.rejected, payout, reason: "AM04")
        #expect(try place.funds(.available(contributor: ada.text)) == 300_000_000)
        #expect(try place.funds(.taxWithheld(jurisdiction: "US")) == 0)
        let again = try place.request(ada)
        #expect(again.tax.amount == payout.tax.amount)
        _ = try place.send()
        try place.enter(.settled, again, fee: 250_000)
        #expect(try place.funds(.bank) == 252_250_000 && place.funds(.expense(.payoutFees)) == -250_000)
        let remittance = try place.write { db, now in
            try place.market.remitTax(nil, jurisdiction: "US", reference: "IRS-1", by: place.admins[0], at: now, in: db)
        }
        #expect(try remittance.amount.decimal == "48.000000" && place.funds(.taxWithheld(jurisdiction: "US")) == 0)
        #expect(throws: MarketError.self) {
            try place.write { db, now in
                try place.market.remitTax(nil, jurisdiction: "US", reference: "IRS-2", by: place.admins[0], at: now, in: db)
            }
        }
        #expect(try place.verify().isEmpty)
    }

    @Test func `what came back after it was settled is not taxed a second time`() throws {
        let place = try TemporaryMarket(Self.taxed)
        let ada = try place.signUp(Self.paypal, region: "US")
        try place.earn(300_000_000, ada)
        let payout = try place.request(ada)
        _ = try place.send()
        try place.enter(.settled, payout)
        try place.enter(.returned, payout, reason: "AC04")
        #expect(try place.funds(.available(contributor: ada.text)) == 252_000_000)
        try place.earn(100_000_000, ada)
        let again = try place.request(ada)
        // 252 were taxed before; 100 are new and above the year's threshold.
        #expect(again.amount.decimal == "352.000000" && again.tax.exempt.decimal == "252.000000")
        #expect(again.tax.amount.decimal == "24.000000")
        _ = try place.send()
        try place.enter(.rejected, again, reason: "AC06")
        let third = try place.request(ada)
        #expect(third.tax == again.tax)
        #expect(try place.verify().isEmpty)
    }

    @Test func `a new year begins at nothing`() throws {
        let place = try TemporaryMarket(Self.taxed)
        let ada = try place.signUp(Self.paypal, region: "US")
        try place.earn(300_000_000, ada)
        _ = try place.request(ada, Money(decimal: "100", currency: .usd))
        _ = try place.send()
        #expect(try place.request(ada, Money(decimal: "100", currency: .usd)).tax.amount.decimal == "24.000000")
        place.wait(seconds: 90 * 86_400)
        let batch = try place.send()
        #expect(batch.tax.micros == 0 && batch.net.decimal == "100.000000")
    }
}

import Domain
import JSON
import TestSupport
import Testing

@Suite struct WithholdingTests {
    static let rule = Withholding.Rule(jurisdiction: "US", rate: Factor(thousandths: 240), thresholdPerYear: usd("100"))

    static func usd(_ decimal: String) -> Money { Money(decimal: decimal, currency: .usd)! }

    private func tax(_ amount: String, _ history: Withholding.History = .init()) -> String {
        Withholding.tax(on: Self.usd(amount), by: Self.rule, after: history).amount.decimal
    }

    @Test func `only what is above the year's threshold is taxed`() {
        #expect(tax("100") == "0.000000")
        #expect(tax("101") == "0.240000")
        #expect(tax("50", .init(paid: 80_000_000)) == "7.200000")
        #expect(tax("50", .init(paid: 200_000_000, taxable: 100_000_000)) == "12.000000")
    }

    @Test func `tax is rounded down to the minor unit`() throws {
        #expect(tax("100.04") == "0.000000")
        #expect(tax("100.05") == "0.010000")
        for (code, amount, expected) in [("JPY", "9999", "2399.000000"), ("KWD", "10.005", "2.401000")] {
            let currency = try #require(Currency(code: code))
            let rule = Withholding.Rule(
                jurisdiction: "JP", rate: Self.rule.rate, thresholdPerYear: Money(micros: 0, currency: currency))
            let tax = Withholding.tax(on: try #require(Money(decimal: amount, currency: currency)), by: rule, after: .init())
            #expect(tax.amount.decimal == expected)
        }
    }

    @Test func `a payout that failed is not counted, so that asking again pays no tax twice`() {
        // 100 below the threshold, 100 above it; then the first fails and is asked for again.
        let second = Withholding.tax(on: Self.usd("100"), by: Self.rule, after: .init(paid: 100_000_000))
        #expect(second.amount == Self.usd("24"))
        let again = Withholding.tax(
            on: Self.usd("100"), by: Self.rule, after: .init(paid: 100_000_000, taxable: second.taxable.micros))
        #expect(again.amount == Self.usd("0"))
    }

    @Test func `what came back after tax is not taxed again`() {
        let tax = Withholding.tax(
            on: Self.usd("100"), by: Self.rule, after: .init(paid: 500_000_000, taxable: 400_000_000, alreadyTaxed: 76_000_000))
        #expect(tax.exempt == Self.usd("76") && tax.taxable == Self.usd("24") && tax.amount == Self.usd("5.76"))
    }

    /// However a year's payouts are cut, their base is what is above the threshold, and something is always left of each.
    @Test func `the base of a year is what is above the threshold`() {
        var random = SeededRandom(seed: 11)
        for _ in 0..<2000 {
            var history = Withholding.History()
            var sum: Int64 = 0
            for _ in 0..<Int.random(in: 1...12, using: &random) {
                let amount = Money(micros: Int64.random(in: 1...5000, using: &random) * 10_000, currency: .usd)
                let tax = Withholding.tax(on: amount, by: Self.rule, after: history)
                #expect(tax.amount.micros < amount.micros && tax.amount == tax.amount.wholeMinorUnits && tax.amount.micros >= 0)
                sum += amount.micros
                history.paid += amount.micros - tax.exempt.micros
                history.taxable += tax.taxable.micros
                #expect(history.taxable == max(0, sum - 100_000_000))
            }
        }
    }

    @Test func `a card carries rules, and one without them keeps its bytes`() throws {
        var document = try #require(RateCard.standard.json.asObject)
        #expect(document["withholding"] == nil)
        document["withholding"] = [
            "*": ["jurisdiction": "DE-BE", "rate": "0.3", "threshold_per_year": "0"],
            "US": ["rate": "0.24", "threshold_per_year": "600"],
        ]
        let card = try RateCard(json: .object(document), number: 2)
        #expect(card.withholding?.rule(for: "US")?.jurisdiction == "US")
        #expect(card.withholding?.rule(for: nil)?.jurisdiction == "DE-BE")
        #expect(try RateCard(json: card.json, number: 2) == card)
        document["withholding"] = ["usa": [:], "*": ["rate": "1", "threshold_per_year": "-1"], "FR": ["rate": "0.1"]]
        document["dormancy"] = ["years": 0, "notice_days": 1]
        #expect(throws: FieldErrors.self) { try RateCard(json: .object(document), number: 2) }
        do {
            _ = try RateCard(json: .object(document), number: 2)
        } catch {
            #expect(
                Set(error.all.map { "\($0.pointer)" }) == [
                    "/withholding/usa", "/withholding/*/rate", "/withholding/*/threshold_per_year", "/withholding/*/jurisdiction",
                    "/withholding/FR/threshold_per_year", "/dormancy/years", "/dormancy/notice_days",
                ])
        }
        document["withholding"] = nil
        document["dormancy"] = nil
        let bare = try RateCard(json: .object(document), number: 2)
        #expect(bare.json.asObject?.keys.contains("dormancy") == false)
    }
}

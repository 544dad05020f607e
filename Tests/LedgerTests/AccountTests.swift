import Domain
import Ledger
import Testing

struct AccountTests {
    static let paths: [(AccountPath, String, hasFloor: Bool)] = [
        (.bank, "assets:bank", false),
        (.receivable(buyer: "buy_1"), "assets:receivable:buyer:buy_1", false),
        (.prepaid(buyer: "buy_1"), "liabilities:buyer:buy_1:prepaid", true),
        (.available(contributor: "ctr_1"), "liabilities:contributor:ctr_1:available", true),
        (.reserved(contributor: "ctr_1"), "liabilities:contributor:ctr_1:reserved", true),
        (.payoutsInTransit, "liabilities:payouts-in-transit", true),
        (.acquisitionFund, "liabilities:acquisition-fund", true),
        (.bounty("bnt_1"), "liabilities:bounty:bnt_1", true),
        (.taxWithheld(jurisdiction: "US-CA"), "liabilities:tax-withheld:US-CA", false),
        (.unclaimed, "liabilities:unclaimed", false),
        (.operations, "revenue:operations", false),
        (.expense(.recordings), "expenses:recordings", false),
        (.expense(.qualityPremium), "expenses:quality-premium", false),
        (.expense(.tierPremium), "expenses:tier-premium", false),
        (.expense(.reviews), "expenses:reviews", false),
        (.expense(.floorTopUp), "expenses:floor-top-up", false),
        (.expense(.payoutFees), "expenses:payout-fees", false),
        (.expense(.chargebackLoss), "expenses:chargeback-loss", false),
        (.opening, "equity:opening", false),
    ]

    @Test func everyPlaceOfTheChartIsReadAsItIsWritten() {
        for (path, text, hasFloor) in Self.paths {
            #expect(path.text == text)
            #expect(AccountPath(text) == path)
            #expect(path.hasFloor == hasFloor, "\(text)")
        }
    }

    @Test(arguments: [
        "", ":", "assets", "assets:", "assets:bank:", "assets:bank:x", "Assets:bank", " assets:bank", "assets:cash",
        "liabilities:contributor:ctr_1", "liabilities:contributor::available", "liabilities:contributor:ctr_1:spent",
        "liabilities:contributor:ctr 1:available", "liabilities:contributor:ctr-1:available", "liabilities:bounty:Bnt",
        "liabilities:bounty:b\u{0}", "liabilities:bounty:é", "liabilities:tax-withheld:us", "liabilities:tax-withheld:US-",
        "liabilities:tax-withheld:US-CALI", "expenses:fun", "expenses", "liabilities:bounty:_x",
        "liabilities:bounty:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
    ])
    func nothingElseIsRead(_ text: String) {
        #expect(AccountPath(text) == nil)
        #expect(Account(path: text, currency: .usd) == nil)
    }
}

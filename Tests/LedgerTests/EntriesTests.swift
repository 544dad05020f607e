import Domain
import Ledger
import Testing

/// Each event of the chart as a table of legs: what a person reads is what is checked.
struct EntriesTests {
    static let occasion = Occasion(id: "txn_1", at: Timestamp(milliseconds: 1_767_225_600_000))

    static func usd(_ decimal: String) -> Money { Money(decimal: decimal, currency: .usd)! }

    static func legs(_ transaction: Transaction) -> [String] {
        // Journals declare the names beforehand.
        #expect(transaction.metadata.keys.allSatisfy(Transaction.subjects.contains), "\(transaction.metadata)")
        return transaction.postings.map { "\($0.account.path.text) \(Decimal6.format($0.amount))" }
    }

    @Test func aRecordingIsPaidByTheFundAsFarAsItReaches() throws {
        let entry = try Entries.recordingAccepted(
            "rec_1", contributor: "ctr_1", base: Self.usd("10"), tierPremium: Self.usd("2"), qualityPremium: Self.usd("3"),
            fundHolds: Self.usd("4"), on: Self.occasion)
        #expect(
            Self.legs(entry) == [
                "liabilities:acquisition-fund 4.000000", "expenses:recordings 6.000000", "expenses:tier-premium 2.000000",
                "expenses:quality-premium 3.000000", "liabilities:contributor:ctr_1:available -15.000000",
            ])
        #expect(entry.kind == .recordingAccepted && entry.idempotencyKey == "recording:rec_1:accepted")
        #expect(entry.metadata == ["recording": "rec_1"])
    }

    @Test func aBountyPaysBeforeTheFund() throws {
        let entry = try Entries.recordingAccepted(
            "rec_1", contributor: "ctr_1", base: Self.usd("10"), tierPremium: Self.usd("0"), qualityPremium: Self.usd("0"),
            bounty: ("bnt_1", Self.usd("3")), fundHolds: Self.usd("100"), on: Self.occasion)
        #expect(
            Self.legs(entry) == [
                "liabilities:bounty:bnt_1 3.000000", "liabilities:acquisition-fund 7.000000",
                "liabilities:contributor:ctr_1:available -10.000000",
            ])
    }

    @Test func aLicencePaysEveryoneOnceAndReviewersApart() throws {
        let entry = try Entries.licenceGranted(
            "lic_1", buyer: "buy_1", fee: Self.usd("100"),
            royalties: [
                Share(contributor: "ctr_2", amount: Self.usd("20")), Share(contributor: "ctr_1", amount: Self.usd("30")),
                Share(contributor: "ctr_2", amount: Self.usd("10")), Share(contributor: "ctr_3", amount: Self.usd("0")),
            ], reviewers: [Share(contributor: "ctr_1", amount: Self.usd("10"))], acquisitionFund: Self.usd("20"),
            operations: Self.usd("10"), on: Self.occasion)
        #expect(
            Self.legs(entry) == [
                "liabilities:buyer:buy_1:prepaid 100.000000", "liabilities:contributor:ctr_1:available -30.000000",
                "liabilities:contributor:ctr_2:available -30.000000", "liabilities:contributor:ctr_1:available -10.000000",
                "liabilities:acquisition-fund -20.000000", "revenue:operations -10.000000",
            ])
    }

    @Test func partsThatDoNotAddUpToTheFeeAreRefused() {
        #expect(throws: LedgerError.unbalanced(by: 1_000_000)) {
            try Entries.licenceGranted(
                "lic_1", buyer: "buy_1", fee: Self.usd("100"), royalties: [Share(contributor: "c", amount: Self.usd("99"))],
                acquisitionFund: Self.usd("0"), operations: Self.usd("0"), on: Self.occasion)
        }
    }

    @Test func aLicenceOnCreditDebitsTheReceivable() throws {
        let entry = try Entries.licenceGranted(
            "lic_1", buyer: "buy_1", fee: Self.usd("1"), payment: .receivable,
            royalties: [Share(contributor: "c", amount: Self.usd("1"))], acquisitionFund: Self.usd("0"),
            operations: Self.usd("0"), on: Self.occasion)
        #expect(Self.legs(entry)[0] == "assets:receivable:buyer:buy_1 1.000000")
    }

    @Test func aRefundTakesNothingFromContributors() throws {
        let entry = try Entries.licenceRefunded(
            "lic_1", buyer: "buy_1", amount: Self.usd("100"), operations: Self.usd("10"), acquisitionFund: Self.usd("20"),
            fundHolds: Self.usd("5"), corrects: "txn_0", on: Self.occasion)
        #expect(
            Self.legs(entry) == [
                "revenue:operations 10.000000", "liabilities:acquisition-fund 5.000000", "expenses:chargeback-loss 85.000000",
                "liabilities:buyer:buy_1:prepaid -100.000000",
            ])
        #expect(entry.corrects == "txn_0")
    }

    @Test func aPayoutGoesItsWayWithTaxAndFee() throws {
        let amount = Self.usd("100")
        let tax = TaxWithheld(jurisdiction: "US", amount: Self.usd("30"))
        let reserved = try Entries.payoutReserved("pay_1", contributor: "c", amount: amount, on: Self.occasion)
        #expect(
            Self.legs(reserved) == [
                "liabilities:contributor:c:available 100.000000", "liabilities:contributor:c:reserved -100.000000",
            ])
        let sent = try Entries.payoutSent("pay_1", contributor: "c", amount: amount, tax: tax, on: Self.occasion)
        #expect(
            Self.legs(sent) == [
                "liabilities:contributor:c:reserved 100.000000", "liabilities:payouts-in-transit -70.000000",
                "liabilities:tax-withheld:US -30.000000",
            ])
        let settled = try Entries.payoutSettled("pay_1", amount: Self.usd("70"), bankFee: Self.usd("0.5"), on: Self.occasion)
        #expect(
            Self.legs(settled) == [
                "liabilities:payouts-in-transit 70.000000", "assets:bank -70.000000", "expenses:payout-fees 0.500000",
                "assets:bank -0.500000",
            ])
        let failed = try Entries.payoutFailed("pay_1", contributor: "c", amount: amount, tax: tax, on: Self.occasion)
        #expect(
            Self.legs(failed) == [
                "liabilities:payouts-in-transit 70.000000", "liabilities:tax-withheld:US 30.000000",
                "liabilities:contributor:c:available -100.000000",
            ])
        let returned = try Entries.payoutReturned("pay_1", contributor: "c", amount: Self.usd("70"), on: Self.occasion)
        #expect(Self.legs(returned) == ["assets:bank 70.000000", "liabilities:contributor:c:available -70.000000"])
        #expect(returned.metadata["tax"] == "already-withheld")
    }

    @Test func theStepsOfAPayoutShareKeysWithTheirAlternatives() throws {
        let amount = Self.usd("1")
        let voided = try Entries.payoutVoided("pay_1", contributor: "c", amount: amount, on: Self.occasion)
        let sent = try Entries.payoutSent("pay_1", contributor: "c", amount: amount, on: Self.occasion)
        let settled = try Entries.payoutSettled("pay_1", amount: amount, on: Self.occasion)
        let failed = try Entries.payoutFailed("pay_1", contributor: "c", amount: amount, on: Self.occasion)
        #expect(voided.idempotencyKey == sent.idempotencyKey)
        #expect(settled.idempotencyKey == failed.idempotencyKey)
        #expect(sent.idempotencyKey != settled.idempotencyKey)
    }

    @Test func theOtherEventsMoveOneAmount() throws {
        let amount = Self.usd("1")
        let events: [(Transaction, debit: String, credit: String)] = [
            (
                try Entries.reviewAccepted("rev_1", contributor: "c", pay: amount, on: Self.occasion), "expenses:reviews",
                "liabilities:contributor:c:available"
            ),
            (
                try Entries.floorTopUp(
                    period: "p", contributor: "c", from: Self.occasion.at, amount: amount, sum: "90.0 min", on: Self.occasion),
                "expenses:floor-top-up", "liabilities:contributor:c:available"
            ),
            (
                try Entries.dormantBalance(contributor: "c", amount: amount, on: Self.occasion),
                "liabilities:contributor:c:available", "liabilities:unclaimed"
            ),
            (
                try Entries.buyerDeposit("dep_1", buyer: "b", amount: amount, on: Self.occasion), "assets:bank",
                "liabilities:buyer:b:prepaid"
            ),
            (
                try Entries.receivablePaid(licence: "lic_1", buyer: "b", amount: amount, on: Self.occasion), "assets:bank",
                "assets:receivable:buyer:b"
            ),
            (
                try Entries.receivableWrittenOff(licence: "lic_1", buyer: "b", amount: amount, on: Self.occasion),
                "expenses:chargeback-loss", "assets:receivable:buyer:b"
            ),
            (
                try Entries.bountyFunded("bnt_1", buyer: "b", amount: amount, on: Self.occasion),
                "liabilities:buyer:b:prepaid", "liabilities:bounty:bnt_1"
            ),
            (
                try Entries.bountyClosed("bnt_1", buyer: "b", amount: amount, on: Self.occasion),
                "liabilities:bounty:bnt_1", "liabilities:buyer:b:prepaid"
            ),
            (
                try Entries.payoutVoided("pay_1", contributor: "c", amount: amount, on: Self.occasion),
                "liabilities:contributor:c:reserved", "liabilities:contributor:c:available"
            ),
            (try Entries.openingBalance(of: .bank, balance: amount, on: Self.occasion), "assets:bank", "equity:opening"),
        ]
        for (entry, debit, credit) in events {
            #expect(Self.legs(entry) == ["\(debit) 1.000000", "\(credit) -1.000000"], "\(entry.kind)")
        }
    }

    @Test func amountsThatAreNotPositiveAreRefused() {
        for amount in [Self.usd("0"), Self.usd("-1")] {
            #expect(throws: LedgerError.self) {
                try Entries.buyerDeposit("d", buyer: "b", amount: amount, on: Self.occasion)
            }
            #expect(throws: LedgerError.self) { try Entries.payoutSent("p", contributor: "c", amount: amount, on: Self.occasion) }
        }
        #expect(throws: LedgerError.self) {
            let tax = TaxWithheld(jurisdiction: "US", amount: Self.usd("2"))
            return try Entries.payoutSent("p", contributor: "c", amount: Self.usd("1"), tax: tax, on: Self.occasion)
        }
    }

    @Test func aCorrectionIsTheMirrorImage() throws {
        let wrong = try Entries.buyerDeposit("dep_1", buyer: "b", amount: Self.usd("5"), on: Self.occasion)
        let right = try Entries.correction(of: wrong, reason: "Wrong buyer", on: Occasion(id: "txn_2", at: Self.occasion.at))
        #expect(Self.legs(right) == ["assets:bank -5.000000", "liabilities:buyer:b:prepaid 5.000000"])
        #expect(right.corrects == "txn_1" && right.kind == .correction)
    }

    @Test func taxGoesToItsAuthorityAndDormantMoneyComesBack() throws {
        let tax = try Entries.taxRemitted("rem_1", jurisdiction: "US-CA", amount: Self.usd("3"), on: Self.occasion)
        #expect(Self.legs(tax) == ["liabilities:tax-withheld:US-CA 3.000000", "assets:bank -3.000000"])
        #expect(tax.kind == .taxRemitted && tax.idempotencyKey == "remittance:rem_1")
        let back = try Entries.dormantReclaimed("dor_1", contributor: "ctr_1", amount: Self.usd("3"), on: Self.occasion)
        #expect(Self.legs(back) == ["liabilities:unclaimed 3.000000", "liabilities:contributor:ctr_1:available -3.000000"])
        #expect(back.kind == .dormantReclaimed && back.idempotencyKey == "dormant:dor_1:reclaimed")
    }
}

import Domain
import Ledger
import TestSupport

/// Random events of a small marketplace, of which some overdraw and some come twice.
struct LedgerCommands {
    private var random: SeededRandom
    private var number = 0
    private var past: [Transaction] = []

    init(seed: UInt64) { random = SeededRandom(seed: seed) }

    /// The next event, given what the books hold.
    mutating func next(_ model: LedgerModel) throws -> Transaction {
        if !past.isEmpty, below(20) == 0 { return past[below(past.count)] }
        number += 1
        let transaction = try make(model)
        if below(10) == 0 { past.append(transaction) }
        return transaction
    }

    private mutating func make(_ model: LedgerModel) throws -> Transaction {
        let on = Occasion(id: "txn_\(number)", at: Timestamp(milliseconds: 1_767_225_600_000 + Int64(number) * 7))
        let thing = "x_\(number)"
        let buyer = "buy_\(below(5))"
        let contributor = "ctr_\(below(20))"
        let bounty = "bnt_\(below(8))"
        let amount = money(1 + below(50_000_000))
        switch below(14) {
        case 0, 1: return try Entries.buyerDeposit(thing, buyer: buyer, amount: money(1 + below(500_000_000)), on: on)
        case 2, 3, 4: return try licence(thing, buyer, amount, on)
        case 5, 6: return try recording(thing, contributor, bounty, model, on)
        case 7: return try Entries.payoutReserved(thing, contributor: contributor, amount: amount, on: on)
        case 8: return try Entries.payoutVoided(thing, contributor: contributor, amount: amount, on: on)
        case 9:
            let tax = TaxWithheld(jurisdiction: "US", amount: money(below(Int(amount.micros))))
            return try Entries.payoutSent(thing, contributor: contributor, amount: amount, tax: tax, on: on)
        case 10: return try Entries.payoutSettled(thing, amount: amount, bankFee: money(below(3)), on: on)
        case 11: return try Entries.payoutFailed(thing, contributor: contributor, amount: amount, on: on)
        case 12: return try Entries.bountyFunded(thing, buyer: buyer, amount: amount, on: on).toBounty(bounty, buyer)
        default:
            return try Entries.licenceRefunded(
                thing, buyer: buyer, amount: amount, operations: money(below(5_000_000)),
                acquisitionFund: money(below(9_000_000)),
                fundHolds: model.funds(.acquisitionFund), corrects: "txn_1", on: on)
        }
    }

    private mutating func licence(
        _ licence: String, _ buyer: String, _ fee: Money, _ on: Occasion
    ) throws -> Transaction {
        let royalties = fee.micros * 6 / 10
        let parts = (0..<(1 + below(6))).map { index in Split.Part("rec_\(index)", weight: Int64(1 + below(1000))) }
        let amounts = try Split.shares(of: royalties, among: parts, licence: licence)
        let shares = amounts.map { Share(contributor: "ctr_\(below(20))", amount: money(Int($0))) }
        let fund = fee.micros / 5
        return try Entries.licenceGranted(
            licence, buyer: buyer, fee: fee, payment: below(10) == 0 ? .receivable : .prepaid, royalties: shares,
            acquisitionFund: money(Int(fund)), operations: money(Int(fee.micros - royalties - fund)), on: on)
    }

    private mutating func recording(
        _ recording: String, _ contributor: String, _ bounty: String, _ model: LedgerModel, _ on: Occasion
    ) throws -> Transaction {
        // Now and then what the caller believes of the fund is out of date.
        let belief = money(Int(model.funds(.acquisitionFund).micros) + (below(10) == 0 ? 1_000_000 : 0))
        return try Entries.recordingAccepted(
            recording, contributor: contributor, base: money(1 + below(4_000_000)), tierPremium: money(below(1_000_000)),
            qualityPremium: money(below(2) * below(1_000_000)),
            bounty: below(3) == 0 ? (bounty, model.funds(.bounty(bounty))) : nil, fundHolds: belief, on: on)
    }

    private func money(_ micros: Int) -> Money { Money(micros: Int64(micros), currency: .usd) }

    private mutating func below(_ limit: Int) -> Int { Int.random(in: 0..<max(1, limit), using: &random) }
}

extension Transaction {
    /// The same funding for one of few bounties, so that some are drawn on later.
    fileprivate func toBounty(_ bounty: String, _ buyer: String) throws -> Transaction {
        let amount = Money(micros: postings[0].amount, currency: .usd)
        return try Transaction(
            id: id, kind: kind, occurredAt: occurredAt, description: description,
            postings: [.debit(.prepaid(buyer: buyer), amount), .credit(.bounty(bounty), amount)],
            idempotencyKey: idempotencyKey)
    }
}

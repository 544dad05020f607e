import Domain
import Ledger
import Storage

/// A licence recomputed from public rules, beside what the books say.
public struct LicenceExplanation: Sendable {
    public let licence: Licence
    public let snapshot: Snapshot
    /// The card's rate for an hour of this purpose and term.
    public let ratePerHour: Money
    public let policy: RoyaltyPolicy
    public let fee: Money
    /// How the fee is divided; the parts have the names of the policy.
    public let division: Split.Explanation
    /// How the royalties are shared among the recordings.
    public let royalties: Split.Explanation
    /// How the reviewers' part is shared among the reviewers; nil where nobody had reviewed.
    public let reviewers: Split.Explanation?
    /// Who recorded what.
    public let contributors: [String: ID<Contributor>]
    /// Where the recomputation and the books differ; empty when they agree.
    public let differences: [String]

    public var isRight: Bool { differences.isEmpty }
}

extension Marketplace {
    /// Recomputes one licence: its fee from rate card and snapshot, the fee's division from the policy, every recording's share
    /// from its weight, and holds each against the licence, the royalties and the ledger transaction.
    public func explainLicence(_ id: ID<Licence>, in db: Connection) throws -> LicenceExplanation {
        guard let licence = try Licences.find(id, in: db), let snapshot = try Snapshots.find(licence.snapshot, in: db),
            let card = try RateCards.find(licence.rateCard, in: db)?.card()
        else { throw MarketError.notFound("licence") }
        let members = try Snapshots.members(of: snapshot.id, in: db)
        let milliseconds = members.reduce(0) { $0 + $1.durationMilliseconds }
        guard let rate = card.licenceRates[licence.purpose]?[licence.term],
            let fee = card.fee(purpose: licence.purpose, term: licence.term, durationMilliseconds: milliseconds)
        else { throw MarketError.wrongState("Rate card \(card.number) has no price for this purpose and term.") }
        let reviews = try Reviews.counts(of: snapshot.id, before: id, in: db)
        let division = try Split.explain(
            fee.micros, among: card.royaltyPolicy.parts(hasReviewers: !reviews.isEmpty), licence: id.text)
        let royalties = try Split.explain(
            division["royalties"], among: members.map { .init($0.recording.text, weight: $0.weight) }, licence: id.text)
        let reviewers =
            reviews.isEmpty
            ? nil
            : try Split.explain(
                division["reviewers"], among: reviews.map { .init($0.reviewer.text, weight: $0.count) }, licence: id.text)
        var differences: [String] = []
        func compare(_ what: String, _ computed: Int64, _ booked: Int64?) {
            guard computed != booked else { return }
            differences.append("\(what): by the rules \(computed) micros, in the books \(booked.map { "\($0)" } ?? "nothing")")
        }
        compare("hours in milliseconds", milliseconds, snapshot.durationMilliseconds)
        compare("fee", fee.micros, licence.fee.micros)
        for part in division.parts { compare(part.id, part.share, licence.division[part.id]) }
        let kept = try Royalties.list(in: id, in: db)
        let amounts = Dictionary(kept.map { ($0.recording.text, $0.amount.micros) }) { one, _ in one }
        for part in royalties.parts { compare("share of \(part.id)", part.share, amounts[part.id]) }
        let known = Set(royalties.parts.map(\.id))
        for royalty in kept where !known.contains(royalty.recording.text) {
            compare("share of \(royalty.recording), which is not in the snapshot", 0, royalty.amount.micros)
        }
        var reviewShares = Dictionary(
            uniqueKeysWithValues: try ReviewRoyalties.list(in: id, in: db).map { ($0.reviewer.text, $0.amount.micros) })
        for part in reviewers?.parts ?? [] {
            compare("review share of \(part.id)", part.share, reviewShares.removeValue(forKey: part.id) ?? 0)
        }
        for (reviewer, amount) in reviewShares { compare("review share of \(reviewer), who has no review here", 0, amount) }
        let contributors = Dictionary(uniqueKeysWithValues: members.map { ($0.recording.text, $0.contributor) })
        differences += try creditDifferences(of: licence, royalties, reviewers, contributors, in: db)
        return LicenceExplanation(
            licence: licence, snapshot: snapshot, ratePerHour: rate, policy: card.royaltyPolicy, fee: fee, division: division,
            royalties: royalties, reviewers: reviewers, contributors: contributors, differences: differences)
    }

    /// Holds the legs of the ledger transaction against the shares: each contributor in one leg.
    private func creditDifferences(
        of licence: Licence, _ royalties: Split.Explanation, _ reviewers: Split.Explanation?,
        _ contributors: [String: ID<Contributor>], in db: Connection
    ) throws -> [String] {
        guard let transaction = try Books(db).transaction(id: licence.entry)?.transaction else {
            return ["the transaction \(licence.entry) is not in the books"]
        }
        var expected: [String: Int64] = [:]
        for part in royalties.parts { if let id = contributors[part.id] { expected[id.text, default: 0] += part.share } }
        for part in reviewers?.parts ?? [] { expected[part.id, default: 0] += part.share }
        var credited: [String: Int64] = [:]
        var ends: [AccountPath: Int64] = [:]
        for posting in transaction.postings {
            if case .available(let id) = posting.account.path {
                credited[id, default: 0] -= posting.amount
            } else {
                ends[posting.account.path, default: 0] += posting.amount
            }
        }
        var differences: [String] = []
        func compare(_ what: String, _ one: Int64, _ other: Int64) {
            if one != other { differences.append("\(what): by the rules \(one) micros, credited \(other)") }
        }
        for id in Set(expected.keys).union(credited.keys).sorted() {
            compare("credit of \(id)", expected[id] ?? 0, credited[id] ?? 0)
        }
        let payer: AccountPath =
            licence.payment == .prepaid ? .prepaid(buyer: licence.buyer.text) : .receivable(buyer: licence.buyer.text)
        compare("debit of the buyer", licence.fee.micros, ends[payer] ?? 0)
        compare("credit of the fund", licence.division.acquisitionFund, -(ends[.acquisitionFund] ?? 0))
        compare("credit of operations", licence.division.operations, -(ends[.operations] ?? 0))
        return differences
    }
}

extension Licence.FeeDivision {
    /// The part of a name of the policy.
    fileprivate subscript(name: String) -> Int64? {
        switch name {
        case "royalties": royalties
        case "reviewers": reviewers
        case "acquisition-fund": acquisitionFund
        case "operations": operations
        default: nil
        }
    }
}

extension Split.Explanation {
    /// The share of a part; 0 where there is none of the name.
    fileprivate subscript(name: String) -> Int64 { parts.first { $0.id == name }?.share ?? 0 }
}

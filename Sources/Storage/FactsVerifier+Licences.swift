import Crypto
import Domain
import GRDB
import JSON
import Ledger

extension FactsVerifier {
    /// The hash and the counts are those of the members.
    func checkSnapshot(_ row: Row) throws -> Bool {
        let members = try Row.fetchAll(
            db, sql: "SELECT * FROM snapshot_member WHERE snapshot = ? ORDER BY n", arguments: [row.value("id", String.self)])
        let list = try members.map { member in
            let words: [String] = try ["recording", "sha256", "split"].map { try member.value($0) }
            return JSON.string(words.joined(separator: " "))
        }
        return try Hex.encode(SHA256.hash(JSON.array(list).canonicalBytes())) == row.value("sha256")
            && Int64(members.count) == row.value("recording_count")
            && Int64(Set(members.map { try $0.value("contributor", String.self) }).count) == row.value("speaker_count")
            && members.reduce(0) { try $0 &+ $1.value("duration_ms") } == row.value("duration_ms", Int64.self)
            && members.reduce(0) { try $0 &+ $1.value("byte_count") } == row.value("byte_count", Int64.self)
    }

    /// The fee is the card's for the snapshot, its parts are the policy's, and the royalties are split by weight.
    func checkLicence(_ row: Row) throws -> Bool {
        let id = try row.value("id", String.self)
        let snapshot = try row.value("snapshot", String.self)
        let length = try Row.fetchOne(db, sql: "SELECT duration_ms FROM snapshot WHERE id = ?", arguments: [snapshot])
        guard let card = cards[try row.value("rate_card")], let duration: Int64 = try length?.value("duration_ms"),
            (0...1 << 40).contains(duration), let purpose = Purpose(rawValue: try row.value("purpose")),
            let term = Term(rawValue: try row.value("term")), let currency = Currency(code: try row.value("currency")),
            let start = Timestamp(rfc3339: try row.moment("starts_at"))
        else { return false }
        let fee = Money(micros: try row.value("fee"), currency: currency)
        let division = Licence.FeeDivision(
            royalties: try row.value("royalties"), reviewers: try row.value("reviewers"),
            acquisitionFund: try row.value("acquisition_fund"), operations: try row.value("operations"))
        guard card.fee(purpose: purpose, term: term, durationMilliseconds: duration) == fee,
            try division.divides(fee, by: card.royaltyPolicy, licence: id),
            term.end(from: start)?.milliseconds == (try row.optionalValue("ends_at"))
        else { return false }
        let members = try Row.fetchAll(
            db,
            sql: """
                SELECT member.recording, member.weight, royalty.amount FROM snapshot_member AS member
                LEFT JOIN royalty ON royalty.licence = ?1 AND royalty.recording = member.recording
                    AND royalty.weight = member.weight AND royalty.contributor = member.contributor
                WHERE member.snapshot = ?2 ORDER BY member.n
                """, arguments: [id, snapshot])
        let parts = try members.map { Split.Part(try $0.value("recording"), weight: try $0.value("weight")) }
        return try members.map { try $0.optionalValue("amount") as Int64? }
            == Split.shares(of: division.royalties, among: parts, licence: id)
    }
}

extension Licence.FeeDivision {
    /// Whether these are the parts of a fee by a policy; reviewers' part goes to the royalties where nobody reviewed.
    fileprivate func divides(_ fee: Money, by policy: RoyaltyPolicy, licence: String) throws -> Bool {
        let ends: [Split.Part] = [
            .init("acquisition-fund", weight: policy.acquisitionFundThousandths),
            .init("operations", weight: policy.operationsThousandths),
        ]
        let voices = policy.royaltiesThousandths
        let first: [Split.Part] =
            reviewers == 0
            ? [.init("royalties", weight: voices + policy.reviewersThousandths)]
            : [.init("royalties", weight: voices), .init("reviewers", weight: policy.reviewersThousandths)]
        let parts = [royalties] + (reviewers == 0 ? [] : [reviewers]) + [acquisitionFund, operations]
        return try Split.shares(of: fee.micros, among: first + ends, licence: licence) == parts
    }
}

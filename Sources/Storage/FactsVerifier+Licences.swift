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
        let (licence, frozen) = (ID<Licence>(id), ID<Snapshot>(try row.value("snapshot")))
        let snapshot = try row.value("snapshot", String.self)
        let length = try Row.fetchOne(db, sql: "SELECT duration_ms FROM snapshot WHERE id = ?", arguments: [snapshot])
        guard let card = cards[try row.value("rate_card")], let duration: Int64 = try length?.value("duration_ms"),
            (0...1 << 40).contains(duration), let purpose = Purpose(rawValue: try row.value("purpose")),
            let term = Term(rawValue: try row.value("term")), let currency = Currency(code: try row.value("currency")),
            let licence, let frozen, let start = Timestamp(rfc3339: try row.moment("starts_at"))
        else { return false }
        let fee = Money(micros: try row.value("fee"), currency: currency)
        let division = Licence.FeeDivision(
            royalties: try row.value("royalties"), reviewers: try row.value("reviewers"),
            acquisitionFund: try row.value("acquisition_fund"), operations: try row.value("operations"))
        guard card.fee(purpose: purpose, term: term, durationMilliseconds: duration) == fee,
            try checkEnd(row, of: licence, term.end(from: start))
        else { return false }
        let reviews = try Reviews.counts(of: frozen, before: licence, in: db)
        guard
            try division == .init(of: fee, by: card.royaltyPolicy, hasReviewers: !reviews.isEmpty, licence: licence),
            try checkReviewRoyalties(of: licence, reviews, division.reviewers)
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

    /// A licence ends with its term, or before that when its fee is given back.
    private func checkEnd(_ row: Row, of licence: ID<Licence>, _ end: Timestamp?) throws -> Bool {
        let refund = try Int64.fetchOne(
            db, sql: "SELECT created_at FROM licence_refund WHERE licence = ?", arguments: [licence.text])
        let expected = [end?.milliseconds, refund].compactMap { $0 }.min()
        return try expected == row.optionalValue("ends_at")
    }

    private func checkReviewRoyalties(
        of licence: ID<Licence>, _ reviews: [(reviewer: ID<Contributor>, count: Int64)], _ part: Int64
    ) throws -> Bool {
        let kept = try Row.fetchAll(
            db, sql: "SELECT reviewer, review_count, amount FROM review_royalty WHERE licence = ? ORDER BY reviewer",
            arguments: [licence.text])
        guard part > 0 else { return kept.isEmpty }
        let shares = try Split.shares(
            of: part, among: reviews.map { .init($0.reviewer.text, weight: $0.count) }, licence: licence.text)
        return try kept.map { try $0.value("reviewer", String.self) } == reviews.map(\.reviewer.text)
            && kept.map { try $0.value("review_count", Int64.self) } == reviews.map(\.count)
            && kept.map { try $0.value("amount", Int64.self) } == shares
    }
}

import Crypto
import Domain
import JSON
import Ledger

extension LicenceExplanation {
    /// Everything, for the program and the interface. Weights and remainders are texts: they pass 2^53.
    public var json: JSON {
        [
            "licence": .string(licence.id.text), "snapshot": .string(snapshot.id.text),
            "rate_card": .integer(licence.rateCard), "purpose": .string(licence.purpose.rawValue),
            "term": .string(licence.term.rawValue), "milliseconds": .integer(snapshot.durationMilliseconds),
            "rate_per_hour": ratePerHour.json, "fee": fee.json, "policy": policy.json, "division": json(division, parts: nil),
            "royalties": json(royalties, parts: contributors), "reviewers": .orNull(reviewers.map { json($0, parts: nil) }),
            "differences": .strings(differences), "right": .bool(isRight),
        ]
    }

    private func json(_ split: Split.Explanation, parts contributors: [String: ID<Contributor>]?) -> JSON {
        [
            "total": money(split.total), "weight": .string("\(split.weight)"), "micros_left": .integer(split.left),
            "last_remainder": .orNull(split.lastRemainder.map { "\($0)" }),
            "last_digest": .orNull(split.lastDigest.map { Hex.encode($0) }),
            "parts": .array(
                split.parts.map { part in
                    [
                        "id": .string(part.id), "contributor": .ifPresent(contributors?[part.id]?.text),
                        "weight": .string("\(part.weight)"), "floor": money(part.floor),
                        "remainder": .string("\(part.remainder)"), "extra": .string(part.extra.rawValue),
                        "digest": .string(Hex.encode(part.digest)), "share": money(part.share),
                    ]
                }),
        ]
    }

    private func money(_ micros: Int64) -> JSON { Money(micros: micros, currency: fee.currency).json }
}

import Domain
import JSON
import Storage

/// What two published cards have differently.
public struct RateCardComparison: Sendable {
    public let from: Int64
    public let to: Int64
    public let changes: [RateCard.Change]

    public var json: JSON {
        [
            "from": .integer(from), "to": .integer(to),
            "changes": .array(
                changes.map {
                    ["pointer": .string($0.pointer.description), "before": $0.before, "after": $0.after]
                }),
        ]
    }

    /// One line a change: "/base_per_hour: 24.000000 → 26.000000".
    public var lines: [String] {
        changes.map { change in
            func text(_ json: JSON?) -> String { json.map { $0.asString ?? $0.description } ?? "–" }
            return "\(change.pointer): \(text(change.before)) → \(text(change.after))"
        }
    }
}

extension Marketplace {
    /// - Throws: `MarketError.notFound` where either card is not published.
    public func compareRateCards(_ older: Int64, _ newer: Int64, in db: Connection) throws -> RateCardComparison {
        guard let before = try RateCards.find(older, in: db), let after = try RateCards.find(newer, in: db) else {
            throw MarketError.notFound("rate card")
        }
        return RateCardComparison(from: older, to: newer, changes: try after.card().changes(since: before.card()))
    }
}

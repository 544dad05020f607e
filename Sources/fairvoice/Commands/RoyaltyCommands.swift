import ArgumentParser
import Domain
import Foundation
import JSON
import Ledger
import Market
import Storage

struct RoyaltyCommands: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "royalties", abstract: "Recompute what licences paid.", subcommands: [Explain.self])

    struct Explain: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Recompute one licence from public rules and compare it with the books; exit code 1 where they differ.")

        @OptionGroup var data: DataOption

        @Flag(help: "Print JSON.")
        var json = false

        @Argument(help: "The licence's id.")
        var licence: String

        func run() throws {
            guard let id = ID<Licence>(licence) else { throw BadInput("\(licence) is no licence's id") }
            let market = try data.openExistingMarketplace()
            let found = try market.store.read { db -> LicenceExplanation? in
                do { return try market.explainLicence(id, in: db) } catch MarketError.notFound { return nil }
            }
            guard let found else { throw BadInput("there is no licence \(licence)") }
            print(json ? String(decoding: found.json.prettyBytes(), as: UTF8.self) : RoyaltyReport(found).text, terminator: "")
            if !found.isRight { throw ExitCode(1) }
        }
    }
}

/// The recomputation of a licence for people.
private struct RoyaltyReport {
    let text: String

    init(_ found: LicenceExplanation) {
        let licence = found.licence
        let hours = Decimal6.format(
            Int64(Rounding.halfToEven(Int128(found.snapshot.durationMilliseconds) * 1_000_000, over: 3_600_000)))
        var lines = [
            "\(licence.id): \(licence.modelName), \(licence.purpose.rawValue), \(licence.term.rawValue), rate card \(licence.rateCard)",
            "fee        \(hours) h × \(found.ratePerHour) an hour = \(found.fee)",
            "divided by the policy:",
        ]
        lines += found.division.parts.map { part in
            "  \(Self.padded(part.id, 18)) \(part.weight) ‰  \(Self.amount(part.floor))\(Self.extra(part))"
        }
        let royalties = found.royalties
        lines.append(
            "royalties  \(Self.amount(royalties.total)) over \(royalties.parts.count) recordings, weight \(royalties.weight), "
                + "\(royalties.left) micros left after rounding down:")
        for part in royalties.parts {
            let person = found.contributors[part.id]?.text ?? "?"
            lines.append(
                "  \(part.id) \(person) weight \(part.weight)  \(Self.amount(part.floor)) rest \(part.remainder)"
                    + "\(Self.extra(part)) = \(Self.amount(part.share))")
        }
        if let reviewers = found.reviewers {
            lines.append(
                "reviewers  \(Self.amount(reviewers.total)) over \(reviewers.weight) reviews, "
                    + "\(reviewers.left) micros left after rounding down:")
            for part in reviewers.parts {
                lines.append(
                    "  \(part.id) reviews \(part.weight)  \(Self.amount(part.floor)) rest \(part.remainder)"
                        + "\(Self.extra(part)) = \(Self.amount(part.share))")
            }
        }
        lines += found.differences.map { "DIFFERENT  \($0)" }
        lines.append(
            found.isRight
                ? "the books agree with the rules, to the last micro"
                : "\(found.differences.count) differences between books and rules")
        text = lines.joined(separator: "\n") + "\n"
    }

    private static func amount(_ micros: Int64) -> String { Decimal6.format(micros) }

    private static func extra(_ part: Split.PartExplanation) -> String {
        switch part.extra {
        case .none: ""
        case .remainder: " + 1 micro (large remainder)"
        case .hash: " + 1 micro (tie, by hash)"
        }
    }

    private static func padded(_ text: String, _ count: Int) -> String {
        text + String(repeating: " ", count: max(0, count - text.count))
    }
}

/// One of the ten points of the Fairwork principles for cloudwork (https://fair.work/en/principles/cw01), and what an
/// installation can show of it. Fairwork itself scores people and papers; a program shows only what its books and rules hold.
public struct FairworkPoint: Hashable, Sendable {
    public enum Shown: String, CaseIterable, Sendable {
        /// Rules that the program enforces, with a figure from the books.
        case byBooks = "by-books"
        /// Rules that the program enforces, without a figure.
        case byRules = "by-rules"
        case notShown = "not-shown"
    }

    public let number: String
    public let threshold: String
    public let shown: Shown
    public let evidence: String
    public let figure: String?

    /// A principle and its two points.
    public typealias Principle = (name: String, points: [FairworkPoint])

    /// The five principles for a report.
    public static func principles(_ report: FairnessReport) -> [Principle] {
        func point(_ number: String, _ threshold: String, _ shown: Shown, _ evidence: String, _ figure: String? = nil) -> Self {
            Self(number: number, threshold: threshold, shown: shown, evidence: evidence, figure: figure)
        }
        let notShown = "Not shown by this software: it depends on what the operator does outside it."
        let toPay = report.millisecondsToPay.map { "median \(Decimal6.format($0.median * 1000)) seconds from upload to credit" }
        let wage = report.wage.map { wage in
            let median = Money(micros: wage.median, currency: report.currency)
            let lowest = Money(micros: wage.worst, currency: report.currency)
            let reaching = report.atFloor?.decimal.map { ", \($0) at or above the floor" } ?? ""
            return "median \(median), 10th percentile \(lowest) per worked hour\(reaching)"
        }
        return [
            (
                "Fair pay",
                [
                    point(
                        "1.1", "Workers are paid on time and for all completed work", .byBooks,
                        "Accepted work is credited in the transaction that accepts it; a buyer's default never takes it back.",
                        toPay),
                    point(
                        "1.2", "Workers are paid at least the local minimum wage", .byBooks,
                        "The rate card's pay floor per worked hour, by region; compare it with your law.", wage),
                ]
            ),
            (
                "Fair conditions",
                [
                    point(
                        "2.1", "Precarity and overwork are mitigated", .byRules,
                        "A quote holds its price and its hours before work begins, and is honoured until it expires."),
                    point(
                        "2.2", "Health and safety risks are mitigated", .byRules,
                        "Scenarios that may upset carry a content note; personal details stand apart and can be erased."),
                ]
            ),
            (
                "Fair contracts",
                [
                    point(
                        "3.1", "Clear terms and conditions are available", .byRules,
                        "Rate cards are numbered, dated, hashed and never changed; every quote and consent names its text."),
                    point(
                        "3.2", "Contracts are consistent with the workers' terms of engagement on the platform", .byBooks,
                        "Every licence's fee is divided by the policy on the quotes; anyone paid can recompute their share.",
                        report.royaltyShare?.decimal.map { "\($0) of all licence fees went to people" }),
                ]
            ),
            (
                "Fair management",
                [
                    point(
                        "4.1", "There is due process for decisions affecting workers", .byBooks,
                        "A rejection carries its measurements, thresholds and one fix.",
                        report.rejections?.decimal.map { rate in
                            "rejection rate \(rate)" + (report.appeals?.decimal.map { ", appeal rate \($0)" } ?? "")
                                + (report.appealsWon?.decimal.map { ", appeals granted \($0)" } ?? "")
                        }),
                    point(
                        "4.2", "There is equity in the management process", .byRules,
                        "Pay follows measurements and published rules; age, gender and name are no part of any price or grade."),
                ]
            ),
            (
                "Fair representation",
                [
                    point("5.1", "Workers have access to representation, and freedom of association", .notShown, notShown),
                    point("5.2", "There is collective governance or bargaining", .notShown, notShown),
                ]
            ),
        ]
    }
}

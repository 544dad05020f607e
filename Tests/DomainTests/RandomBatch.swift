import Domain
import TestSupport

/// A SEPA batch from a seed, with names as hostile as people can type.
struct RandomBatch {
    let id: ID<PayoutBatch>
    let rows: [PaymentFile.Row]
    let debtor: Debtor
    let createdAt: Timestamp

    var sum: Int64 { rows.reduce(0) { $0 + $1.amount.micros } }

    init(seed: UInt64) {
        var random = SeededRandom(seed: seed)
        let chance = random.next()
        let ids = IDSource { chance }
        // Any day from 2000 to 2100.
        createdAt = Timestamp(milliseconds: Int64.random(in: 946_684_800_000...4_102_444_800_000, using: &random))
        let moment = createdAt
        id = ids.make(at: moment)
        debtor = Debtor(
            name: Self.name(&random), iban: Self.iban(&random),
            bic: Bool.random(using: &random) ? BIC("COBADEFFXXX") : nil)
        let currency = Currency(code: ["EUR", "EUR", "EUR", "USD", "JPY", "KWD"].randomElement(using: &random)!)!
        rows = (0..<Int.random(in: 1...30, using: &random)).map { number in
            let units = Int64.random(in: 1...[9, 99_999, 99_999_999].randomElement(using: &random)!, using: &random)
            let details = PayoutDetails.SEPA(
                accountHolder: Self.name(&random), iban: Self.iban(&random),
                bic: Bool.random(using: &random) ? BIC("DEUTDEFF") : nil)
            let tail = String(String(seed, radix: 16).suffix(6)) + String(1_000_000 + number).suffix(6)
            return PaymentFile.Row(
                payout: ids.make(at: moment), amount: Money(micros: units * currency.microsPerMinorUnit, currency: currency),
                details: .sepa(details), uetr: "0123abcd-0000-4000-9000-" + String(repeating: "0", count: 12 - tail.count) + tail)
        }
    }

    private static let pieces = [
        "Ada", "Jürgen", "Größe", "Ψαρρός", "Ελένη", "Димитър", "Ёлка", "王芳", "مريم", "🎤", "👩‍👩‍👧", "\u{0}", "\n", "\r\n", "\t",
        "\u{7F}", "\u{202E}",
        "=cmd|' /C calc'!A0", "+1", "-1", "@SUM(A1)", "<Nm>", "&amp;", "]]>", "\"'", "//", "/", "\\", "\u{FFFD}", "\u{FEFF}",
        "e\u{301}\u{323}", "Ǆ", "ŉ", "ẞ",
        "O’Neil", "—", "¼", "½", "ﬁ", "Ａｄａ", "\u{1F1E9}\u{1F1EA}", " ", "  ", "a",
    ]

    /// Any text, also ones that PATCH /v1/me would refuse: a file must be valid whatever is in it.
    private static func name(_ random: inout SeededRandom) -> String {
        let count =
            Int.random(in: 0...3, using: &random) == 0
            ? Int.random(in: 0...80, using: &random) : Int.random(in: 1...4, using: &random)
        var name = (0..<count).map { _ in pieces.randomElement(using: &random)! }.joined(
            separator: Bool.random(using: &random) ? " " : "")
        if Int.random(in: 0...9, using: &random) == 0 { name += String(repeating: "Wolfeschlegelstein", count: 60) }
        return name
    }

    /// A right IBAN over random digits.
    private static func iban(_ random: inout SeededRandom) -> IBAN {
        let (country, count) = [("DE", 18), ("GR", 23), ("FR", 23), ("NO", 11), ("MT", 27), ("BE", 12)].randomElement(
            using: &random)!
        let digits = (0..<count).map { _ in String(Int.random(in: 0...9, using: &random)) }.joined()
        for check in 2...98 {
            if let iban = IBAN("\(country)\(check < 10 ? "0" : "")\(check)\(digits)") { return iban }
        }
        preconditionFailure("Every number has check digits")
    }
}

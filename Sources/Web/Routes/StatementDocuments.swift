import Domain
import JSON

extension Schema {
    private static let invoiceLine = object([
        .required("text", .string(), "What"), .required("amount", .money, "How much; negative where you got it back"),
    ])

    static let invoice = named(
        "Invoice",
        object([
            .required("number", .string(), "The place of its transaction in the log"),
            .required("kind", .choice(Invoice.Kind.self), "Invoice, receipt or credit note"),
            .required("date", .timestamp, "When"), .required("buyer_name", .string(), "To whom"),
            .required("lines", .array(of: invoiceLine), "What for"), .required("total", .money, "The sum"),
            .required("division", .array(of: invoiceLine), "How a licence's fee was divided"),
            .required("licence", .nullable(.id(Licence.self)), "The licence it is about"),
            .required("payment", .nullable(.choice(LicencePayment.self)), "From funds, or owed"),
            .required("transaction", .ledgerEntry, "In the books"),
        ]))

    private static let yearSums = object([
        .required("month", .nullable(.integer(1...12)), "Null for the whole year"),
        .required("opening", .money, "What you had, reserved for payouts or not"),
        .required("recordings", .money, "Pay for recordings without premiums"),
        .required("premiums", .money, "What tier and quality added"),
        .required("reviews", .money, "Pay for reviews, and reviewers' shares of licences"),
        .required("top_ups", .money, "Lifted to the pay floor"), .required("royalties", .money, "Shares of licences"),
        .required("earned", .money, "All five"), .required("paid_out", .money, "Sent to you, without tax"),
        .required("withheld_tax", .money, "Kept back for a tax authority"),
        .required("returned", .money, "Payouts that came back, without tax"),
        .required("other", .money, "Dormant balances and corrections"), .required("closing", .money, "What you had at the end"),
    ])

    static let yearSummary = named(
        "YearSummary",
        object([
            .required("year", .integer(), "In UTC"), .required("total", yearSums, "The whole year"),
            .required("months", .array(of: yearSums, 12...12), "January to December"),
        ]))
}

extension Invoice {
    var json: JSON {
        func line(_ line: Line) -> JSON { ["text": .string(line.text), "amount": line.amount.json] }
        return [
            "number": .string(number), "kind": .string(kind.rawValue), "date": date.json, "buyer_name": .string(buyerName),
            "lines": .array(lines.map(line)), "total": total.json, "division": .array(divisionLines.map(line)),
            "licence": .orNull(licence?.text), "payment": .orNull(payment?.rawValue), "transaction": .string(transaction),
        ]
    }
}

extension YearSummary {
    var json: JSON {
        [
            "year": .integer(year), "total": json(total, month: nil),
            "months": .array(months.enumerated().map { json($1, month: Int64($0 + 1)) }),
        ]
    }

    /// A row for each month, and one for the whole year.
    var csv: [UInt8] {
        var text = CSV.row(["month"] + Self.columns(.init()).map(\.0) + ["currency"])
        for (index, month) in months.enumerated() {
            text += CSV.row(
                ["\(year)-\(index < 9 ? "0" : "")\(index + 1)"] + Self.columns(month).map { Decimal6.format($0.1) } + [
                    currency.code
                ])
        }
        text += CSV.row(["\(year)"] + Self.columns(total).map { Decimal6.format($0.1) } + [currency.code])
        return Array(text.utf8)
    }

    private func json(_ sums: Sums, month: Int64?) -> JSON {
        let members = Self.columns(sums).map { ($0.0, Money(micros: $0.1, currency: currency).json as JSON?) }
        return .object(JSONObject(members: [("month", .orNull(month))] + members))
    }

    private static func columns(_ sums: Sums) -> [(String, Int64)] {
        [
            ("opening", sums.opening), ("recordings", sums.recordings), ("premiums", sums.premiums), ("reviews", sums.reviews),
            ("top_ups", sums.topUps), ("royalties", sums.royalties), ("earned", sums.earned), ("paid_out", sums.paidOut),
            ("withheld_tax", sums.withheldTax), ("returned", sums.returned), ("other", sums.other), ("closing", sums.closing),
        ]
    }
}

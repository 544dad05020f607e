import Domain
import HTTP
import JSON
import Ledger
import Market
import Storage

extension MarketRoutes {
    /// Statements, the summary of a year, invoices.
    var statements: [Route] {
        [
            Route(
                .get, "/v1/me/statement",
                "Every movement of your balance; as CSV, or as a journal for hledger, ledger or beancount, by Accept or format",
                .contributors, .roles([.contributor, .buyer]),
                parameters: [
                    .query("from", .anyOf([.timestamp, .date]), "From this moment"),
                    .query("to", .anyOf([.timestamp, .date]), "Up to before this moment"),
                    .query("format", .choice(["json"] + StatementText.Form.allCases.map(\.rawValue)), "Instead of Accept"),
                ] + Parameter.page,
                answers: [
                    .page("Movements, oldest first", of: .statementLine),
                    .bytes("All of them, streamed", mediaTypes: StatementText.Form.allCases.map(\.mediaType)),
                ]
            ) { call in
                let owner = try Self.books(of: call)
                let from = try call.query.parsed("from", Timestamp.init(rfc3339:))
                let to = try call.query.parsed("to", Timestamp.init(rfc3339:))
                if let form = Self.form(call) {
                    let text = try StatementText(of: owner, as: form, from: from, to: to, market)
                    return Response(
                        status: 200, fields: Fields(["Content-Type": "\(form.mediaType); charset=utf-8"]), body: .sequence(text))
                }
                return try look { db in
                    let account = Account(owner.accounts[0], try market.currentRateCard(in: db).card.currency)
                    let asked = try call.page()
                    let after = try asked.after?.first.map { text -> Books.Cursor in
                        guard let cursor = Books.Cursor(text) else { throw Problem(.unknownCursor) }
                        return cursor
                    }
                    let page = try Books(db).statement(of: account, from: from, to: to, after: after, limit: asked.limit)
                    return call.list(
                        page.lines, hasMore: page.next != nil, cursor: { _ in Cursor(page.next?.text ?? "") }, json: \.json)
                }
            },
            Route(
                .get, "/v1/me/statement/years/{year}", "A year in sums: what you earned, by kind and month, and where it went",
                .contributors, .contributor,
                parameters: [
                    .path("year", .integer(1970...9998), "In UTC"),
                    .query("format", .choice(["json", "csv"]), "Instead of Accept"),
                ],
                answers: [.json("The year", .yearSummary), .bytes("Its months as CSV", mediaTypes: ["text/csv"])],
                traits: [.conditional, .ranges]
            ) { call in
                let contributor = try call.owner(Contributor.self)
                let year = call.path.integer("year") ?? 0
                let summary = try look { db in try market.summariseYear(year, for: contributor, in: db) }
                if Self.form(call) == .csv { return .tagged(summary.csv, mediaType: "text/csv; charset=utf-8") }
                return .taggedJSON(summary.json)
            },
            Route(
                .get, "/v1/me/invoices", "Your invoices, receipts of deposits and credit notes, newest first", .buyers, .buyer,
                parameters: Parameter.page, answers: [.page("Invoices", of: .invoice)]
            ) { call in
                let buyer = try call.owner(Buyer.self)
                return try look { db in
                    let asked = try call.numberedPage()
                    let page = try Invoices.list(of: buyer, before: asked.after.flatMap { Int64($0) }, limit: asked.limit, in: db)
                    return call.list(page, cursor: { Cursor("\($0.sequence)") }, json: \.json)
                }
            },
            Route(
                .get, "/v1/me/invoices/{transaction}", "One of them; as plain text to print with Accept: text/plain", .buyers,
                .buyer,
                parameters: [
                    .path("transaction", .ledgerEntry, "Its transaction"),
                    .query("format", .choice(["json", "text"]), "Instead of Accept"),
                ], answers: [.json("The invoice", .invoice), .bytes("To print", mediaTypes: ["text/plain"])],
                traits: [.conditional, .ranges]
            ) { call in
                let buyer = try call.owner(Buyer.self)
                let id = try call.id(Entry.self, "transaction")
                guard let invoice = try look({ db in try Invoices.find(id.text, of: buyer, in: db) }) else {
                    throw Problem.notFound
                }
                let wantsText = call.query.string("format").map { $0 == "text" } ?? Self.accepts("text/plain", call)
                return wantsText
                    ? .tagged(Array(invoice.text.utf8), mediaType: "text/plain; charset=utf-8") : .taggedJSON(invoice.json)
            },
        ]
    }

    /// The caller's own books.
    private static func books(of call: Call) throws -> OwnBooks {
        switch try call.principal.role {
        case .contributor: .contributor(try call.owner(Contributor.self).text)
        default: .buyer(try call.owner(Buyer.self).text)
        }
    }

    /// The form that is asked for; nil for JSON.
    private static func form(_ call: Call) -> StatementText.Form? {
        if let format = call.query.string("format") { return StatementText.Form(rawValue: format) }
        return StatementText.Form.allCases.first { accepts($0.mediaType, call) }
    }

    private static func accepts(_ mediaType: String, _ call: Call) -> Bool {
        call.request.fields.values("Accept").contains { $0.hasPrefix(mediaType) }
    }
}

extension Schema {
    static let statementLine = named(
        "StatementLine",
        object([
            .required("transaction", .ledgerEntry, "In the books"), .required("kind", .string(), "What happened"),
            .required("occurred_at", .timestamp, "When"), .required("description", .string(), "In plain words"),
            .required("amount", .money, "Positive where you were credited"), .required("balance", .money, "After it"),
            .required("recording", .nullable(.id(Recording.self)), "The recording it is about"),
            .required("licence", .nullable(.id(Licence.self)), "The licence it is about"),
            .required("payout", .nullable(.id(Payout.self)), "The payout it is about"),
            .required("deposit", .nullable(.id(Deposit.self)), "The deposit it is about"),
        ]))
}

extension Books.Line {
    var json: JSON {
        [
            "transaction": .string(transaction), "kind": .string(kind.rawValue), "occurred_at": occurredAt.json,
            "description": .string(description), "amount": amount.reversed.json, "balance": balance.reversed.json,
            "recording": .orNull(metadata["recording"]), "licence": .orNull(metadata["licence"]),
            "payout": .orNull(metadata["payout"]), "deposit": .orNull(metadata["deposit"]),
        ]
    }
}

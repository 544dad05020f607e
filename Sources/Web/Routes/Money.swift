import Domain
import HTTP
import JSON
import Ledger
import Market
import Storage

extension MarketRoutes {
    /// Balances, statements and uses of whoever asks.
    var money: [Route] {
        [
            Route(
                .get, "/v1/me/balance", "What you have", .contributors, .roles([.contributor, .buyer]),
                answers: [.json("Balance", .anyOf([.contributorBalance, .buyerBalance]))]
            ) { call in
                try look { db in
                    func balance(_ path: AccountPath) throws -> JSON {
                        try Books(db).funds(in: Account(path, market.currency(in: db))).json
                    }
                    switch try call.principal.role {
                    case .contributor:
                        let id = try call.owner(Contributor.self).text
                        return .json(
                            200,
                            [
                                "available": try balance(.available(contributor: id)),
                                "reserved": try balance(.reserved(contributor: id)),
                                "dormant_from": try DormantBalances.notice(of: ID(stored: id), in: db).map { $0.dueAt.json },
                            ])
                    default:
                        return .json(200, ["prepaid": try balance(.prepaid(buyer: call.owner(Buyer.self).text))])
                    }
                }
            },
            Route(
                .get, "/v1/me/statement", "Every movement of your balance; as CSV with Accept: text/csv", .contributors,
                .contributor,
                parameters: [
                    .query("from", .anyOf([.timestamp, .date]), "From this moment"),
                    .query("to", .anyOf([.timestamp, .date]), "Up to before this moment"),
                    .query("format", .choice(["json", "csv"]), "Instead of Accept"),
                ] + Parameter.page,
                answers: [
                    .page("Movements, oldest first", of: .statementLine),
                    .bytes("All of them as CSV", mediaTypes: ["text/csv"]),
                ]
            ) { call in
                let path = AccountPath.available(contributor: try call.owner(Contributor.self).text)
                let from = try call.query.parsed("from", Timestamp.init(rfc3339:))
                let to = try call.query.parsed("to", Timestamp.init(rfc3339:))
                return try look { db in
                    let account = Account(path, try market.currentRateCard(in: db).card.currency)
                    if Self.wantsCSV(call) {
                        let all = try Books(db).statement(of: account, from: from, to: to, limit: Int(Int32.max))
                        return .bytes(200, Self.csv(all.lines), mediaType: "text/csv; charset=utf-8")
                    }
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
                .get, "/v1/me/usage", "Where is my voice: every licence of every recording", .contributors, .contributor,
                parameters: Parameter.page, answers: [.page("Uses, newest licence first", of: .use)]
            ) { call in
                let contributor = try call.owner(Contributor.self)
                return try look { db in
                    let page = try Royalties.uses(of: contributor, call.storagePage(valueCount: 2), in: db)
                    return call.list(page, cursor: { Cursor($0.licence.text, $0.recording.text) }, json: \.json)
                }
            },
        ]
    }

    private static func wantsCSV(_ call: Call) -> Bool {
        if let format = call.query.string("format") { return format == "csv" }
        return call.request.fields.values("Accept").contains { $0.hasPrefix("text/csv") }
    }

    private static func csv(_ lines: [Books.Line]) -> [UInt8] {
        var text = CSV.row(["transaction", "occurred_at", "kind", "description", "subject", "amount", "balance", "currency"])
        for line in lines {
            text += CSV.row([
                line.transaction, line.occurredAt.rfc3339, line.kind.rawValue, line.description,
                line.metadata.values.sorted().joined(separator: " "), line.amount.reversed.decimal,
                line.balance.reversed.decimal, line.amount.currency.code,
            ])
        }
        return Array(text.utf8)
    }
}

extension Schema {
    static let contributorBalance = named(
        "ContributorBalance",
        object([
            .required("available", .money, "Can be paid out"), .required("reserved", .money, "In payouts that are not sent yet"),
            .optional("dormant_from", .timestamp, "When it is set aside, where notice was given; any activity stops it"),
        ]))

    static let buyerBalance = named("BuyerBalance", object([.required("prepaid", .money, "Can be spent on licences")]))

    static let statementLine = named(
        "StatementLine",
        object([
            .required("transaction", .ledgerEntry, "In the books"), .required("kind", .string(), "What happened"),
            .required("occurred_at", .timestamp, "When"), .required("description", .string(), "In plain words"),
            .required("amount", .money, "Positive where you were credited"), .required("balance", .money, "After it"),
            .required("recording", .nullable(.id(Recording.self)), "The recording it is about"),
            .required("licence", .nullable(.id(Licence.self)), "The licence it is about"),
            .required("payout", .nullable(.id(Payout.self)), "The payout it is about"),
        ]))

    static let use = named(
        "Use",
        object([
            .required("licence", .id(Licence.self), "The licence"), .required("licensee", .string(), "Who"),
            .required("model", .string(), "Which model"), .required("purpose", .choice(Purpose.self), "What for"),
            .required("use_context", .choice(UseContext.self), "Where it is used"),
            .required("term", .choice(Term.self), "How long"),
            .required("snapshot", .id(Snapshot.self), "In which snapshot"),
            .required("recording", .id(Recording.self), "Which recording"),
            .required("amount", .money, "What it paid you"), .required("starts_at", .timestamp, "From"),
            .required("ends_at", .nullable(.timestamp), "Until; null is for ever"),
        ]))
}

extension Books.Line {
    var json: JSON {
        [
            "transaction": .string(transaction), "kind": .string(kind.rawValue), "occurred_at": occurredAt.json,
            "description": .string(description), "amount": amount.reversed.json, "balance": balance.reversed.json,
            "recording": .orNull(metadata["recording"]), "licence": .orNull(metadata["licence"]),
            "payout": .orNull(metadata["payout"]),
        ]
    }
}

extension Royalties.Use {
    var json: JSON {
        [
            "licence": .string(licence.text), "licensee": .string(buyerName), "model": .string(modelName),
            "purpose": .string(purpose.rawValue), "use_context": .string(useContext.rawValue), "term": .string(term.rawValue),
            "snapshot": .string(snapshot.text), "recording": .string(recording.text), "amount": amount.json,
            "starts_at": startsAt.json, "ends_at": endsAt.json,
        ]
    }
}

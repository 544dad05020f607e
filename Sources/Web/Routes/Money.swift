import Domain
import HTTP
import JSON
import Ledger
import Market
import Storage

extension MarketRoutes {
    /// Balances, uses and payouts of whoever asks.
    var money: [Route] {
        [
            Route(
                .get, "/v1/me/balance", "What you have", .contributors, .roles([.contributor, .buyer]),
                answers: [.json("Balance", .anyOf([.contributorBalance, .buyerBalance]))]
            ) { call in
                try look { db in
                    let currency = try market.currentRateCard(in: db).card.currency
                    func balance(_ path: AccountPath) throws -> JSON {
                        try Books(db).funds(in: Account(path, currency)).json
                    }
                    switch try call.principal.role {
                    case .contributor:
                        let id = try call.owner(Contributor.self).text
                        return .json(
                            200,
                            [
                                "available": try balance(.available(contributor: id)),
                                "reserved": try balance(.reserved(contributor: id)),
                            ])
                    default:
                        return .json(200, ["prepaid": try balance(.prepaid(buyer: call.owner(Buyer.self).text))])
                    }
                }
            },
            Route(
                .get, "/v1/me/usage", "Where is my voice: every licence of every recording", .contributors, .contributor,
                parameters: Parameter.page, answers: [.page("Uses, newest licence first", of: .use)]
            ) { call in
                let contributor = try call.owner(Contributor.self)
                return try look { db in
                    let page = try Royalties.uses(of: contributor, call.storagePage(valueCount: 2), in: db)
                    return call.list(
                        page, cursor: { Cursor($0.licence.text, $0.recording.text) }, json: { $0.json(at: market.now) })
                }
            },
            Route(
                .get, "/v1/me/payouts", "Your payouts, newest first", .contributors, .contributor,
                parameters: Parameter.page, answers: [.page("Payouts", of: .payout)]
            ) { call in
                let contributor = try call.owner(Contributor.self)
                return try look { db in
                    let page = try Payouts.list(of: contributor, call.storagePage(), in: db)
                    return call.list(page, cursor: { Cursor($0.id.text) }, json: \.json)
                }
            },
            Route(
                .post, "/v1/me/payouts", "Ask for a payout", .contributors, .contributor,
                body: .json(
                    .object([
                        .optional("amount", .nullable(.decimal), "Whole minor units; all of them if left out"),
                        .optional("method", .choice(["manual"]), "How it is paid"),
                    ])), answers: [.created("The payout, reserved for the next batch", .payout)],
                problems: [.insufficientFunds, .conflict],
                traits: [.idempotencyKey]
            ) { call in
                let contributor = try call.owner(Contributor.self)
                let (amount, method) = try call.read { reader throws(FieldErrors) in
                    let amount = reader.optionalString("amount")
                    let method = reader.optionalString("method")
                    try reader.finish()
                    return (amount, method)
                }
                return try change(call) { db, now in
                    let currency = try market.currentRateCard(in: db).card.currency
                    let wanted = amount.flatMap { Money(decimal: $0, currency: currency) }
                    if amount != nil, wanted == nil { throw MarketError.invalid("/amount", "must be a decimal such as 12.34") }
                    let payout = try market.requestPayout(
                        amount: wanted, method: method ?? "manual", by: contributor, at: now, in: db)
                    return .created(payout.json, at: "/v1/me/payouts")
                }
            },
        ]
    }
}

extension Schema {
    static let contributorBalance = named(
        "ContributorBalance",
        object([
            .required("available", .money, "Can be paid out"), .required("reserved", .money, "In payouts that are not sent yet"),
        ]))

    static let buyerBalance = named("BuyerBalance", object([.required("prepaid", .money, "Can be spent on licences")]))

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
            .required("ended", .boolean, "Whether it is over, by its term or because it was refunded"),
        ]))

    static let payout = named(
        "Payout",
        object([
            .required("id", .id(Payout.self), "The payout"), .required("amount", .money, "How much"),
            .required("method", .string(), "How"), .required("status", .choice(Payout.Status.self), "Where it stands"),
            .required("reason", .nullable(.string()), "Why it failed or came back"),
            .required("created_at", .timestamp, "When asked for"),
            .required("updated_at", .timestamp, "When it moved last"),
        ]))
}

extension Royalties.Use {
    func json(at now: Timestamp) -> JSON {
        [
            "licence": .string(licence.text), "licensee": .string(buyerName), "model": .string(modelName),
            "purpose": .string(purpose.rawValue), "use_context": .string(useContext.rawValue), "term": .string(term.rawValue),
            "snapshot": .string(snapshot.text), "recording": .string(recording.text), "amount": amount.json,
            "starts_at": startsAt.json, "ends_at": endsAt.json, "ended": .bool(endsAt.map { $0 <= now } ?? false),
        ]
    }
}

extension Payout {
    var json: JSON {
        [
            "id": .string(id.text), "amount": amount.json, "method": .string(method), "status": .string(status.rawValue),
            "reason": .orNull(reason), "created_at": createdAt.json, "updated_at": updatedAt.json,
        ]
    }
}

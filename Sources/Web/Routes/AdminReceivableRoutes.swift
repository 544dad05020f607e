import Domain
import HTTP
import JSON
import Ledger
import Market
import Storage

extension MarketRoutes {
    /// Refunds, chargebacks, credit, what is owed, and a licence recomputed.
    var adminReceivables: [Route] {
        [
            refund(
                .refund, "/v1/admin/licences/{id}/refund", "Give a licence's fee back; contributors keep theirs, the licence ends"
            ),
            refund(.chargeback, "/v1/admin/licences/{id}/chargeback", "Note that the buyer's bank took the fee back"),
            settle(.payment, "/v1/admin/licences/{id}/receivable-payment", "Note that a buyer paid what was owed", "reference"),
            settle(
                .writeOff, "/v1/admin/licences/{id}/receivable-write-off", "Write off what is owed; the house bears it", "reason"),
            Route(
                .post, "/v1/admin/buyers/{id}/credit", "Set how much a buyer may owe", .admins, .admin,
                parameters: [.path("id", .id(Buyer.self), "The buyer")],
                body: .json(.object([.required("limit", .text(.creditLimit), "At most so much; 0 ends the credit")])),
                answers: [.json("The credit in force", .buyerCredit)], traits: [.idempotencyKey]
            ) { call in
                let owner = try call.principal.owner
                let id = try call.id(Buyer.self)
                let limit = try call.read { reader throws(FieldErrors) in
                    let limit = reader.parsed("limit", TextFormat.creditLimit.demand, Decimal6.parse)
                    return try reader.finish(limit)
                }
                return try change(call) { db, now in
                    let currency = try market.currentRateCard(in: db).card.currency
                    let credit = try market.setCredit(
                        Money(micros: limit, currency: currency), for: id, by: owner, at: now, in: db)
                    return .json(200, credit.json)
                }
            },
            Route(
                .get, "/v1/admin/licences/{id}/explanation", "A licence recomputed from public rules, beside the books",
                .admins, .admin, parameters: [Self.refundedID], answers: [.json("Every share", .licenceExplanation)],
                problems: [.conflict]
            ) { call in
                try look { db in .json(200, try market.explainLicence(call.id(Licence.self), in: db).json) }
            },
        ]
    }

    private static let refundedID = Parameter.path("id", .id(Licence.self), "The licence")

    private func refund(_ kind: LicenceRefund.Kind, _ path: String, _ summary: String) -> Route {
        Route(
            .post, path, summary, .admins, .admin, parameters: [Self.refundedID],
            body: .json(
                .object([
                    .optional("amount", .nullable(.decimal), "The whole fee if left out"),
                    .required("reason", .string(1...500), "Why"),
                ])), answers: [.created("What was given back", .licenceRefund)], problems: [.conflict],
            traits: [.idempotencyKey]
        ) { call in
            let owner = try call.principal.owner
            let id = try call.id(Licence.self)
            let (text, reason) = try call.read { reader throws(FieldErrors) in
                let amount = reader.optionalString("amount")
                let reason = reader.string("reason", min: 1, max: 500)
                try reader.finish()
                return (amount, reason)
            }
            return try change(call) { db, now in
                let currency = try market.currentRateCard(in: db).card.currency
                let amount = text.flatMap { Money(decimal: $0, currency: currency) }
                if text != nil, amount == nil { throw MarketError.invalid("/amount", "must be a decimal such as 12.34") }
                let refund = try market.refundLicence(
                    id, as: kind, amount: amount, reason: reason, by: owner, at: now, in: db)
                return .created(refund.json, at: "/v1/admin/licences/\(id)/explanation")
            }
        }
    }

    private func settle(_ kind: ReceivableSettlement.Kind, _ path: String, _ summary: String, _ field: String) -> Route {
        Route(
            .post, path, summary, .admins, .admin, parameters: [Self.refundedID],
            body: .json(.object([.required(field, .string(1...500), "The bank's reference, or why")])),
            answers: [.created("What was settled", .receivableSettlement)], problems: [.conflict], traits: [.idempotencyKey]
        ) { call in
            let owner = try call.principal.owner
            let id = try call.id(Licence.self)
            let note = try call.read { reader throws(FieldErrors) in
                let note = reader.string(field, min: 1, max: 500)
                try reader.finish()
                return note
            }
            return try change(call) { db, now in
                let settled = try market.settleReceivable(of: id, as: kind, note: note, by: owner, at: now, in: db)
                return .created(settled.json, at: "/v1/admin/licences/\(id)/explanation")
            }
        }
    }
}

extension TextFormat {
    fileprivate static let creditLimit = TextFormat(
        pattern: #"^[0-9]{1,9}(\.[0-9]{1,6})?$"#, demand: "must be a decimal of at least 0 and below 1000000000"
    ) { text in
        text.prefix { $0 != "." }.count <= 9 && Decimal6.parse(text) != nil
    }
}

extension Schema {
    static let licenceRefund = named(
        "LicenceRefund",
        object([
            .required("licence", .id(Licence.self), "The licence, which has ended"),
            .required("kind", .choice(LicenceRefund.Kind.self), "Who gave it back"),
            .required("amount", .money, "How much"), .required("reason", .string(), "Why"),
            .required("admin", .string(), "Who entered it"), .required("transaction", .ledgerEntry, "In the books"),
            .required("created_at", .timestamp, "When"),
        ]))

    static let receivableSettlement = named(
        "ReceivableSettlement",
        object([
            .required("licence", .id(Licence.self), "The licence"),
            .required("kind", .choice(ReceivableSettlement.Kind.self), "Paid or written off"),
            .required("amount", .money, "How much was owed"), .required("note", .string(), "Reference or reason"),
            .required("admin", .string(), "Who entered it"), .required("transaction", .ledgerEntry, "In the books"),
            .required("created_at", .timestamp, "When"),
        ]))

    static let buyerCredit = named(
        "BuyerCredit",
        object([
            .required("buyer", .id(Buyer.self), "Who"), .required("limit", .money, "May owe at most this"),
            .required("admin", .string(), "Who set it"), .required("created_at", .timestamp, "When"),
        ]))
}

extension LicenceRefund {
    var json: JSON {
        [
            "licence": .string(licence.text), "kind": .string(kind.rawValue), "amount": amount.json, "reason": .string(reason),
            "admin": .string(admin), "transaction": .string(entry), "created_at": createdAt.json,
        ]
    }
}

extension ReceivableSettlement {
    var json: JSON {
        [
            "licence": .string(licence.text), "kind": .string(kind.rawValue), "amount": amount.json, "note": .string(note),
            "admin": .string(admin), "transaction": .string(entry), "created_at": createdAt.json,
        ]
    }
}

extension BuyerCredit {
    var json: JSON {
        ["buyer": .string(buyer.text), "limit": limit.json, "admin": .string(admin), "created_at": createdAt.json]
    }
}

extension Schema {
    private static let splitExplanation = named(
        "SplitExplanation",
        object([
            .required("total", .money, "What is shared"), .required("weight", .string(), "Sum of the weights"),
            .required("micros_left", .integer(), "Left after every share was rounded down"),
            .required("last_remainder", .nullable(.string()), "The smallest remainder that got a micro more"),
            .required("last_digest", .nullable(.sha256), "Of those with it, the largest digest that got one"),
            .required(
                "parts",
                .array(
                    of: object([
                        .required("id", .string(), "Recording, reviewer, or part of the policy"),
                        .optional("contributor", .id(Contributor.self), "Whose"),
                        .required("weight", .string(), "Its weight"), .required("floor", .money, "Rounded down"),
                        .required("remainder", .string(), "What the division leaves"),
                        .required("extra", .choice(Split.PartExplanation.Extra.allCases.map(\.rawValue)), "Why a micro more"),
                        .required("digest", .sha256, "SHA-256 of licence:id"), .required("share", .money, "What it gets"),
                    ]), 0...Int(Int32.max)), "Every part"),
        ]))

    static let licenceExplanation = named(
        "LicenceExplanation",
        object([
            .required("licence", .id(Licence.self), "The licence"), .required("snapshot", .id(Snapshot.self), "Its snapshot"),
            .required("rate_card", .integer(), "By this card"), .required("purpose", .choice(Purpose.self), "What for"),
            .required("term", .choice(Term.self), "How long"), .required("milliseconds", .integer(), "Of speech"),
            .required("rate_per_hour", .money, "By the card"), .required("fee", .money, "Rate × hours"),
            .required("policy", .royaltyPolicy, "How the fee is divided"),
            .required("division", splitExplanation, "The division"),
            .required("royalties", splitExplanation, "The shares of the recordings"),
            .required("reviewers", .nullable(splitExplanation), "The shares of the reviewers; null where nobody had reviewed"),
            .required("differences", .array(of: .string()), "Where rules and books differ"),
            .required("right", .boolean, "Whether they agree"),
        ]))
}

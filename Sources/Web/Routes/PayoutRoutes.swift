import Domain
import HTTP
import JSON
import Market
import Storage

extension MarketRoutes {
    /// Payouts: contributors ask, admins note what became of single ones.
    var payouts: [Route] {
        [
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
                .post, "/v1/me/payouts", "Ask for a payout; it goes where your payout details say now", .contributors,
                .contributor,
                body: .json(
                    .object([
                        .optional("amount", .nullable(.decimal), "Whole minor units; all of them if left out"),
                        .optional("method", .choice(PayoutDetails.Method.self), "That of your payout details, or left out"),
                    ])), answers: [.created("The payout, reserved for the next batch", .payout)],
                problems: [.insufficientFunds, .conflict],
                traits: [.idempotencyKey]
            ) { call in
                let contributor = try call.owner(Contributor.self)
                let (amount, method) = try call.read { reader throws(FieldErrors) in
                    let amount = reader.optionalString("amount")
                    let method = reader.optionalParsed("method", "is no method", PayoutDetails.Method.init(rawValue:))
                    try reader.finish()
                    return (amount, method)
                }
                return try change(call) { db, now in
                    let currency = try market.currentRateCard(in: db).card.currency
                    let wanted = amount.flatMap { Money(decimal: $0, currency: currency) }
                    if amount != nil, wanted == nil { throw MarketError.invalid("/amount", "must be a decimal such as 12.34") }
                    let payout = try market.requestPayout(
                        amount: wanted, method: method, by: contributor, at: now, in: db)
                    return .created(payout.json, at: "/v1/me/payouts/\(payout.id)")
                }
            },
            Route(
                .get, "/v1/me/payouts/{id}", "One of your payouts", .contributors, .contributor,
                parameters: [Self.payoutID], answers: [.json("The payout", .payout)]
            ) { call in
                let contributor = try call.owner(Contributor.self)
                return try look { db in
                    guard let payout = try Payouts.find(call.id(Payout.self), in: db), payout.contributor == contributor else {
                        throw Problem.notFound
                    }
                    return .json(200, payout.json)
                }
            },
            Route(
                .delete, "/v1/me/payouts/{id}", "Take a payout back that is in no batch yet", .contributors, .contributor,
                parameters: [Self.payoutID], answers: [.json("The voided payout", .payout)], problems: [.conflict]
            ) { call in
                let contributor = try call.owner(Contributor.self)
                let id = try call.id(Payout.self)
                return try change(call) { db, now in
                    .json(200, try market.voidPayout(id, by: contributor, at: now, in: db).json)
                }
            },
            Route(
                .post, "/v1/admin/payouts/{id}/settlement", "Note that the bank has paid", .admins, .admin,
                parameters: [Self.payoutID], answers: [.json("The payout", .payout)], problems: [.conflict],
                traits: [.idempotencyKey]
            ) { call in
                let owner = try call.principal.owner
                let id = try call.id(Payout.self)
                return try change(call) { db, now in
                    .json(200, try market.settlePayout(id, by: owner, at: now, in: db).json)
                }
            },
            Route(
                .post, "/v1/admin/payouts/{id}/return", "Note that the money came back", .admins, .admin,
                parameters: [Self.payoutID],
                body: .json(.object([.required("reason", .string(1...200), "The bank's reason, such as AC04")])),
                answers: [.json("The payout", .payout)], problems: [.conflict], traits: [.idempotencyKey]
            ) { call in
                let owner = try call.principal.owner
                let id = try call.id(Payout.self)
                let reason = try call.read { reader throws(FieldErrors) in
                    let reason = reader.string("reason", min: 1, max: 200)
                    try reader.finish()
                    return reason
                }
                return try change(call) { db, now in
                    .json(200, try market.returnPayout(id, reason: reason, by: owner, at: now, in: db).json)
                }
            },
        ]
    }

    private static let payoutID = Parameter.path("id", .id(Payout.self), "The payout")
}

extension Schema {
    static let payout = named("Payout", object(payoutProperties))

    static let payoutProperties: [Property] = [
        .required("id", .id(Payout.self), "The payout"), .required("amount", .money, "How much leaves your balance"),
        .required("tax", .money, "Tax that is kept back of it; expected until it is in a batch, final from then on"),
        .required("tax_jurisdiction", .nullable(.string()), "Whose tax; null where no rule holds"),
        .required("net", .money, "What reaches you"),
        .required("method", .choice(PayoutDetails.Method.self), "How"),
        .required("destination", .nullable(.string()), "Where it goes, in short: as your details were when you asked"),
        .required("status", .choice(Payout.Status.self), "Where it stands"),
        .required("batch", .nullable(.id(PayoutBatch.self)), "The batch that it is in"),
        .required(
            "not_before", .nullable(.timestamp), "It can go from then on, because your details had been changed lately"),
        .required("accepted", .boolean, "Whether the bank has said that it will carry it out"),
        .required("reason", .nullable(.string()), "Why it failed or came back: the bank's code, or words"),
        .required("explanation", .nullable(.string()), "The same in plain words, and what helps"),
        .required("created_at", .timestamp, "When asked for"),
        .required("updated_at", .timestamp, "When it moved last"),
    ]

    static let payoutDetails = named(
        "PayoutDetails",
        anyOf([
            object([
                .required("method", .choice(["sepa"]), "A bank account that SEPA reaches"),
                .required("account_holder", .string(1...70), "As the bank knows it"),
                .required("iban", text(.iban).example("DE89 3704 0044 0532 0130 00"), "With or without spaces"),
                .optional("bic", .nullable(text(.bic)), "Of the bank"),
            ]),
            object([
                .required("method", .choice(["wise"]), "A recipient of Wise: by e-mail or by one account"),
                .required("name", .string(1...70), "Of the recipient"), .required("currency", .currency, "What you get"),
                .optional("email", .nullable(text(.email)), "Wise asks you for an account by it"),
                .optional("iban", .nullable(text(.iban)), "An account with an IBAN"),
                .optional("sort_code", .nullable(.string()), "Great Britain, with account_number"),
                .optional("bsb_code", .nullable(.string()), "Australia, with account_number"),
                .optional("account_number", .nullable(.string()), "Digits"),
            ]),
            object([
                .required("method", .choice(["paypal"]), "PayPal"), .required("email", text(.email), "Of the account"),
            ]),
            object([
                .required("method", .choice(["manual"]), "Paid by hand"), .required("text", .string(1...500), "Where to"),
            ]),
            string(1...500),
        ]))
}

extension TextFormat {
    static let iban = TextFormat(
        pattern: "^[A-Za-z]{2}[0-9]{2}[ A-Za-z0-9]{1,40}$", demand: "must be an IBAN with its check digits"
    ) {
        IBAN($0) != nil
    }

    static let bic = TextFormat(
        pattern: "^[A-Z0-9]{4}[A-Z]{2}[A-Z0-9]{2}([A-Z0-9]{3})?$", demand: "must be a BIC of 8 or 11 capital letters and digits"
    ) {
        BIC($0) != nil
    }

    static let email = TextFormat(name: "email", demand: "must be an e-mail address") { EmailAddress($0) != nil }
}

extension Payout {
    var json: JSON { .object(members) }

    var members: JSONObject {
        [
            "id": .string(id.text), "amount": amount.json, "tax": tax.amount.json,
            "tax_jurisdiction": .orNull(tax.jurisdiction), "net": net.json, "method": .string(method.rawValue),
            "destination": .orNull(details?.masked), "status": .string(status.rawValue), "batch": .orNull(batch?.text),
            "not_before": notBefore.json, "accepted": .bool(isAccepted), "reason": .orNull(reason),
            "explanation": .orNull(reason.flatMap(ReasonCode.init)?.sentence), "created_at": createdAt.json,
            "updated_at": updatedAt.json,
        ]
    }
}

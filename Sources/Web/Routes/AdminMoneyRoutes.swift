import Domain
import HTTP
import JSON
import Ledger
import Market
import Storage

extension MarketRoutes {
    /// Deposits and the books.
    var adminMoney: [Route] {
        [
            Route(
                .post, "/v1/admin/deposits", "Enter funds that a buyer has paid in", .admins, .admin,
                body: .json(
                    .object([
                        .required("buyer", .id(Buyer.self), "Whose funds"),
                        .required("amount", .text(.depositAmount), "How much, such as \"1000.00\""),
                        .required("reference", .string(1...200), "The bank's reference or an invoice number"),
                    ])), answers: [.created("The deposit", .deposit)], traits: [.idempotencyKey]
            ) { call in
                let owner = try call.principal.owner
                let (buyer, amount, reference) = try call.read { reader throws(FieldErrors) in
                    let buyer: ID<Buyer>? = reader.parsed("buyer", "must be a buyer's id", ID.init(_:))
                    let amount = reader.parsed("amount", TextFormat.depositAmount.demand, Decimal6.parse)
                    let reference = reader.string("reference", min: 1, max: 200)
                    let known = try reader.finish(buyer, amount)
                    return (known.0, known.1, reference)
                }
                return try change(call) { db, now in
                    let deposit = try market.depositFunds(
                        Money(micros: amount, currency: market.currency(in: db)), for: buyer, reference: reference, by: owner,
                        at: now,
                        in: db)
                    return .created(deposit.json, at: "/v1/admin/deposits")
                }
            },
            Route(
                .get, "/v1/admin/deposits", "Deposits, newest first", .admins, .admin, parameters: Parameter.page,
                answers: [.page("Deposits", of: .deposit)]
            ) { call in
                try look { db in
                    call.list(try Deposits.list(call.storagePage(), in: db), cursor: { Cursor($0.id.text) }, json: \.json)
                }
            },
            Route(
                .get, "/v1/admin/ledger/trial-balance", "Every account's balance, debit positive", .admins, .admin,
                answers: [
                    .json(
                        "Balances",
                        .object([
                            .required(
                                "data",
                                .array(
                                    of: .object([
                                        .required("account", .string(), "Path"), .required("balance", .money, "Debit positive"),
                                    ])), "In the order of paths")
                        ]))
                ]
            ) { _ in
                try look { db in
                    let lines = try Books(db).trialBalance().map { line -> JSON in
                        ["account": .string(line.account.path.text), "balance": line.balance.json]
                    }
                    return .json(200, ["data": .array(lines)])
                }
            },
            Route(
                .get, "/v1/admin/ledger/transactions", "The journal, oldest first", .admins, .admin,
                parameters: Parameter.page, answers: [.page("Transactions", of: .bookedTransaction)]
            ) { call in
                try look { db in
                    let asked = try call.numberedPage()
                    let after = asked.after.flatMap { Int64($0) } ?? 0
                    let page = try Books(db).transactions(after: after, limit: asked.limit)
                    return call.list(page, cursor: { Cursor("\($0.sequence)") }, json: \.json)
                }
            },
        ]
    }
}

extension TextFormat {
    /// Above 0, and of at most nine digits before the point: far from where balances end, and a slip of the hand shows.
    static let depositAmount = TextFormat(
        pattern: #"^[0-9]{1,9}(\.[0-9]{1,6})?$"#, demand: "must be a decimal above 0 and below 1000000000"
    ) { text in
        text.prefix { $0 != "." }.count <= 9 && (Decimal6.parse(text) ?? 0) > 0
    }
}

extension Schema {
    static let deposit = named(
        "Deposit",
        object([
            .required("id", .id(Deposit.self), "The deposit"), .required("buyer", .id(Buyer.self), "Whose"),
            .required("amount", .money, "How much"), .required("reference", .string(), "The bank's reference"),
            .required("admin", .string(), "Who entered it"), .required("transaction", .ledgerEntry, "In the books"),
            .required("created_at", .timestamp, "When"),
        ]))

    static let bookedTransaction = named(
        "BookedTransaction",
        object([
            .required("id", .ledgerEntry, "The transaction"), .required("kind", .string(), "What happened"),
            .required("occurred_at", .timestamp, "When"), .required("description", .string(), "In plain words"),
            .required("sequence", .integer(1...Int64.max), "Place in the log"),
            .required("subject", .map(of: .string()), "What it is about"),
            .required(
                "postings",
                .array(
                    of: object([
                        .required("account", .string(), "Path"), .required("amount", .money, "Debit positive"),
                    ])), "Legs; they add up to zero"),
        ]))
}

extension Deposit {
    var json: JSON {
        [
            "id": .string(id.text), "buyer": .string(buyer.text), "amount": amount.json, "reference": .string(reference),
            "admin": .string(admin), "transaction": .string(entry), "created_at": createdAt.json,
        ]
    }
}

extension Books.Logged {
    var json: JSON {
        let subject = transaction.metadata.sorted { $0.key < $1.key }.map { ($0.key, JSON.string($0.value) as JSON?) }
        let postings = transaction.postings.map { posting -> JSON in
            [
                "account": .string(posting.account.path.text),
                "amount": Money(micros: posting.amount, currency: posting.account.currency).json,
            ]
        }
        return [
            "id": .string(transaction.id), "sequence": .integer(sequence), "kind": .string(transaction.kind.rawValue),
            "occurred_at": transaction.occurredAt.json, "description": .string(transaction.description),
            "subject": .object(JSONObject(members: subject)), "postings": .array(postings),
        ]
    }
}

import Crypto
import Domain
import HTTP
import JSON
import Ledger
import Market
import Storage

extension MarketRoutes {
    /// Deposits, payouts and the books.
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
                        Money(micros: amount, currency: market.currency), for: buyer, reference: reference, by: owner, at: now,
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
                .post, "/v1/admin/payout-batches", "Put every payout that waits into one batch", .admins, .admin,
                answers: [.created("The batch", .payoutBatch)], problems: [.conflict], traits: [.idempotencyKey]
            ) { call in
                let owner = try call.principal.owner
                return try change(call) { db, now in
                    let batch = try market.startPayoutBatch(by: owner, at: now, in: db)
                    return .created(try json(batch, in: db), at: "/v1/admin/payout-batches/\(batch.id)")
                }
            },
            Route(
                .get, "/v1/admin/payout-batches", "Batches, newest first", .admins, .admin, parameters: Parameter.page,
                answers: [.page("Batches", of: .payoutBatch)]
            ) { call in
                try look { db in
                    let page = try Payouts.batches(call.storagePage(), in: db)
                    let texts = try Dictionary(uniqueKeysWithValues: page.rows.map { ($0.id, try json($0, in: db)) })
                    return call.list(page, cursor: { Cursor($0.id.text) }, json: { texts[$0.id] ?? .null })
                }
            },
            Route(
                .get, "/v1/admin/payout-batches/{id}", "A batch with its payouts", .admins, .admin,
                parameters: [Self.batchID], answers: [.json("The batch", .payoutBatch)]
            ) { call in try look { db in .json(200, try json(batch(call, in: db), in: db)) } },
            Route(
                .get, "/v1/admin/payout-batches/{id}/file", "The batch's file: the same bytes each time", .admins, .admin,
                parameters: [Self.batchID], answers: [.bytes("CSV", mediaTypes: ["text/csv"])], traits: [.conditional, .ranges]
            ) { call in
                let batch = try look { db in try self.batch(call, in: db) }
                var response = Response.bytes(200, batch.csv, mediaType: "text/csv; charset=utf-8")
                response.fields["ETag"] = EntityTag(batch.sha256).text
                response.fields["Repr-Digest"] = ContentDigest.text(sha256: SHA256.hash(batch.csv))
                response.fields["Content-Disposition"] = "attachment; filename=\"\(batch.id).csv\""
                return response
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

    private static let batchID = Parameter.path("id", .id(PayoutBatch.self), "The batch")
    private static let payoutID = Parameter.path("id", .id(Payout.self), "The payout")

    private func batch(_ call: Call, in db: Connection) throws -> PayoutBatch {
        guard let batch = try Payouts.find(call.id(PayoutBatch.self), in: db) else { throw Problem.notFound }
        return batch
    }

    private func json(_ batch: PayoutBatch, in db: Connection) throws -> JSON {
        let payouts = try Payouts.members(of: batch.id, in: db)
        return [
            "id": .string(batch.id.text), "currency": .string(batch.currency.code), "admin": .string(batch.admin),
            "sha256": .string(batch.sha256), "file": .string("/v1/admin/payout-batches/\(batch.id)/file"),
            "created_at": batch.createdAt.json, "payouts": .array(payouts.map(\.json)),
        ]
    }
}

extension TextFormat {
    /// Above 0, and of at most nine digits before the point: far from where balances end, and a slip of the hand shows.
    fileprivate static let depositAmount = TextFormat(
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

    static let payoutBatch = named(
        "PayoutBatch",
        object([
            .required("id", .id(PayoutBatch.self), "The batch"), .required("currency", .currency, "Its currency"),
            .required("admin", .string(), "Who started it"), .required("sha256", .sha256, "Of its file"),
            .required("file", .string(), "Where its file is"), .required("created_at", .timestamp, "When"),
            .required("payouts", .array(of: .payout), "What is in it"),
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

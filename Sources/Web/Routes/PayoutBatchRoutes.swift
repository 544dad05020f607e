import Crypto
import Domain
import HTTP
import JSON
import Market
import Storage

extension MarketRoutes {
    /// Batches of payouts: one admin prepares, another approves, the bank's answers are entered.
    var payoutBatches: [Route] {
        [
            Route(
                .post, "/v1/admin/payout-batches", "Prepare a batch of the payouts that wait for one method", .admins, .admin,
                body: .json(
                    .object([
                        .optional(
                            "method", .nullable(.choice(PayoutDetails.Method.self)),
                            "Of this method; left out, of the one that has waited longest")
                    ]), isRequired: false),
                answers: [.created("The batch; another admin must approve it", .payoutBatch)], problems: [.conflict],
                traits: [.idempotencyKey]
            ) { call in
                let owner = try call.principal.owner
                let method = try Self.method(call)
                return try change(call) { db, now in
                    let batch = try market.preparePayoutBatch(method: method, debtor: debtor, by: owner, at: now, in: db)
                    return .created(batch.json, at: "/v1/admin/payout-batches/\(batch.id)")
                }
            },
            Route(
                .get, "/v1/admin/payout-batches", "Batches, newest first", .admins, .admin, parameters: Parameter.page,
                answers: [.page("Batches", of: .payoutBatch)]
            ) { call in
                try look { db in
                    call.list(try PayoutBatches.list(call.storagePage(), in: db), cursor: { Cursor($0.id.text) }, json: \.json)
                }
            },
            Route(
                .get, "/v1/admin/payout-batches/{id}", "A batch; its file with Accept: application/xml or text/csv", .admins,
                .admin, parameters: [Self.batchID],
                answers: [
                    .json("The batch", .payoutBatch), .bytes("Its file", mediaTypes: ["application/xml", "text/csv"]),
                ], problems: [.conflict, .notAcceptable], traits: [.conditional, .ranges]
            ) { call in
                let batch = try look { db in try self.batch(call, in: db) }
                switch Self.wanted(call) {
                case nil: return .taggedJSON(batch.json)
                case let type? where batch.mediaType?.hasPrefix(type) != false: return try file(of: batch)
                default: throw Problem(.notAcceptable, "The file of this batch is \(batch.mediaType ?? "not made yet").")
                }
            },
            Route(
                .get, "/v1/admin/payout-batches/{id}/payouts", "What is in a batch, in the order of its file", .admins, .admin,
                parameters: [Self.batchID] + Parameter.page, answers: [.page("Payouts", of: .batchedPayout)]
            ) { call in
                try look { db in
                    let page = try Payouts.list(in: batch(call, in: db).id, call.storagePage(), in: db)
                    return call.list(page, cursor: { Cursor($0.id.text) }, json: \.batchedJSON)
                }
            },
            Route(
                .get, "/v1/admin/payout-batches/{id}/file", "The file of an approved batch: the same bytes each time", .admins,
                .admin, parameters: [Self.batchID],
                answers: [.bytes("For the bank or payment service", mediaTypes: ["application/xml", "text/csv"])],
                problems: [.conflict], traits: [.conditional, .ranges]
            ) { call in try file(of: look { db in try self.batch(call, in: db) }) },
            Route(
                .post, "/v1/admin/payout-batches/{id}/approval", "Approve a batch that another admin prepared", .admins, .admin,
                parameters: [Self.batchID], answers: [.json("The batch with its file", .payoutBatch)], problems: [.conflict],
                traits: [.idempotencyKey]
            ) { call in
                let owner = try call.principal.owner
                let id = try call.id(PayoutBatch.self)
                return try change(call) { db, now in
                    .json(200, try market.approvePayoutBatch(id, by: owner, at: now, in: db).json)
                }
            },
            Route(
                .post, "/v1/admin/payout-batches/{id}/cancellation", "Give a prepared batch up; its payouts wait again", .admins,
                .admin, parameters: [Self.batchID], answers: [.json("The cancelled batch", .payoutBatch)],
                problems: [.conflict], traits: [.idempotencyKey]
            ) { call in
                let owner = try call.principal.owner
                let id = try call.id(PayoutBatch.self)
                return try change(call) { db, now in
                    .json(200, try market.cancelPayoutBatch(id, by: owner, at: now, in: db).json)
                }
            },
            Route(
                .post, "/v1/admin/payout-batches/{id}/statuses", "Enter what the bank said: all of it, or nothing", .admins,
                .admin, parameters: [Self.batchID],
                body: .json(.object([.required("statuses", .array(of: .bankStatus, 1...5000), "One an event")])),
                answers: [.json("The batch", .payoutBatch)], problems: [.conflict], traits: [.idempotencyKey]
            ) { call in
                let owner = try call.principal.owner
                let id = try call.id(PayoutBatch.self)
                let statuses = try call.read { reader throws(FieldErrors) in
                    let statuses = reader.objects("statuses", count: 1...5000) { BankStatus(reader: &$0) }
                    try reader.finish()
                    return statuses
                }
                return try change(call) { db, now in
                    .json(200, try market.enterBankStatuses(statuses, of: id, by: owner, at: now, in: db).json)
                }
            },
        ]
    }

    private static let batchID = Parameter.path("id", .id(PayoutBatch.self), "The batch")

    private func batch(_ call: Call, in db: Connection) throws -> PayoutBatch {
        guard let batch = try PayoutBatches.find(call.id(PayoutBatch.self), in: db) else { throw Problem.notFound }
        return batch
    }

    private static func method(_ call: Call) throws -> PayoutDetails.Method? {
        guard !call.body.isNull else { return nil }
        return try call.read { reader throws(FieldErrors) in
            let method = reader.optionalParsed("method", "is no method", PayoutDetails.Method.init(rawValue:))
            try reader.finish()
            return method
        }
    }

    /// The media type of a file that the request asks for before JSON; nil for JSON.
    private static func wanted(_ call: Call) -> String? {
        let accepted = call.request.fields.values("Accept").flatMap { $0.split(separator: ",") }.map { part in
            part.prefix { $0 != ";" }.filter { $0 != " " }.lowercased()
        }
        let known = ["application/xml", "text/csv", "application/json", "*/*", "application/*"]
        return accepted.first(where: known.contains).flatMap { $0.hasSuffix("*") || $0.hasSuffix("json") ? nil : $0 }
    }

    private func file(of batch: PayoutBatch) throws -> Response {
        guard let bytes = try look({ db in try PayoutBatches.file(of: batch.id, in: db) }), let sha256 = batch.sha256 else {
            let state = batch.status == .prepared ? "waits for another admin's approval" : "was cancelled"
            throw Problem(.conflict, "The batch \(state); it has no file.")
        }
        var response = Response.bytes(200, bytes, mediaType: batch.mediaType ?? "application/octet-stream")
        response.fields["ETag"] = EntityTag(sha256).text
        response.fields["Repr-Digest"] = ContentDigest.text(sha256: SHA256.hash(bytes))
        let fileExtension = batch.mediaType?.hasPrefix("application/xml") == true ? "xml" : "csv"
        response.fields["Content-Disposition"] = "attachment; filename=\"\(batch.id).\(fileExtension)\""
        response.fields["Cache-Control"] = "private"
        response.fields["Vary"] = "Accept"
        return response
    }
}

extension Schema {
    static let payoutBatch = named(
        "PayoutBatch",
        object([
            .required("id", .id(PayoutBatch.self), "The batch"),
            .required("method", .choice(PayoutDetails.Method.self), "How its payouts are paid"),
            .required("currency", .currency, "Its currency"),
            .required("status", .choice(PayoutBatch.Status.self), "Prepared, then approved or cancelled"),
            .required("payout_count", .integer(0...Int64(Int32.max)), "How many payouts are in it"),
            .required("total", .money, "What leaves the balances"), .required("tax", .money, "What is withheld of it"),
            .required("net", .money, "What leaves the bank"),
            .required("admin", .string(), "Who prepared it"), .required("created_at", .timestamp, "When"),
            .required("decided_by", .nullable(.string()), "Who approved or cancelled it"),
            .required("decided_at", .nullable(.timestamp), "When"),
            .required("sha256", .nullable(.sha256), "Of its file, once approved"),
            .required("file", .nullable(.string()), "Where its file is, once approved"),
            .required("payouts", .string(), "Where its payouts are"),
        ]))

    /// A payout as admins see it before they approve it.
    static let batchedPayout = named(
        "BatchedPayout",
        object(
            payoutProperties + [
                .required("contributor", .id(Contributor.self), "Whose"),
                .required("end_to_end_id", .string(), "How the bank names it"),
                .required("details", .nullable(.payoutDetails), "Where it goes"),
            ]))
}

extension PayoutBatch {
    var json: JSON {
        let place = "/v1/admin/payout-batches/\(id)"
        return [
            "id": .string(id.text), "method": .string(method.rawValue), "currency": .string(total.currency.code),
            "status": .string(status.rawValue), "payout_count": .count(payoutCount), "total": total.json, "tax": tax.json,
            "net": net.json, "admin": .string(admin), "created_at": createdAt.json, "decided_by": .orNull(decidedBy),
            "decided_at": decidedAt.json, "sha256": .orNull(sha256), "file": .orNull(sha256.map { _ in place + "/file" }),
            "payouts": .string(place + "/payouts"),
        ]
    }
}

extension Payout {
    fileprivate var batchedJSON: JSON {
        var members = members
        members["contributor"] = .string(contributor.text)
        members["end_to_end_id"] = .string(Payout.endToEndID(of: id))
        members["details"] = .orNull(details?.json)
        return .object(members)
    }
}

import Crypto
import Domain
import HTTP
import JSON
import Ledger
import Market
import Storage

extension MarketRoutes {
    /// The transparency log: heads and proofs for everyone, receipts for those whom a transaction concerns.
    var log: [Route] {
        [
            Route(
                .get, "/v1/log/head", "The signed head of the log; keep it: later heads must contain it", .everyone, .anyone,
                parameters: [.query("format", .choice(["json", "note"]), "Instead of Accept")],
                answers: [
                    .json("The head", .logHead),
                    .bytes("The signed note alone (C2SP tlog-checkpoint)", mediaTypes: ["text/plain"]),
                ], traits: [.conditional]
            ) { call in
                try look { db in
                    let head = try market.logHead(in: db)
                    if Self.wantsNote(call) {
                        let bytes = Array(head.note.utf8)
                        var response = Response.bytes(200, bytes, mediaType: "text/plain; charset=utf-8")
                        response.fields["ETag"] = EntityTag.strong(of: bytes).text
                        return response
                    }
                    let keys = try market.verifierKeys(in: db).map(\.text)
                    return .taggedJSON([
                        "origin": .string(head.checkpoint.origin), "size": .integer(head.checkpoint.size),
                        "root": .string(Base64.encode(head.checkpoint.root)), "checkpoint": .string(head.note),
                        "signed_at": head.signedAt.json, "vkey": .orNull(keys.first), "vkeys": .strings(keys),
                    ])
                }
            },
            Route(
                .get, "/v1/log/proof", "The proof that the log of one size begins with the log of a smaller one", .everyone,
                .anyone,
                parameters: [
                    .query("first", .integer(1...Int64.max), "Size of the head that was kept", isRequired: true),
                    .query("second", .integer(1...Int64.max), "Size of the newer head; the newest for none"),
                ], answers: [.json("The proof (RFC 9162 section 2.1.4)", .consistencyProof)]
            ) { call in
                let first = call.query.integer("first") ?? 1
                return try look { db in
                    let size = try market.logHead(in: db).checkpoint.size
                    let second = call.query.integer("second") ?? size
                    guard second <= size else { throw Problem.query("second", "must be at most \(size), the size of the log") }
                    guard first <= second else { throw Problem.query("first", "must be at most \(second), the second size") }
                    let path = try Log(db).consistencyPath(first: first, second: second)
                    return .json(
                        200, ["first": .integer(first), "second": .integer(second), "path": .strings(path.map(Base64.encode))])
                }
            },
            Route(
                .get, "/v1/log/entries/{index}", "What the log publishes of an entry, and its proof", .everyone, .anyone,
                parameters: [.path("index", .integer(0...Int64.max), "Place, from 0")],
                answers: [.json("The entry", .logEntry)], problems: [.notFound]
            ) { call in
                let index = call.path.integer("index") ?? 0
                return try look { db in
                    let head = try market.logHead(in: db)
                    guard index < head.checkpoint.size, let leaf = try Log(db).header(at: index) else { throw Problem.notFound }
                    let path = try Log(db).inclusionPath(of: index, size: head.checkpoint.size)
                    return .json(
                        200,
                        [
                            "index": .integer(index), "leaf": leaf,
                            "leaf_hash": .string(Base64.encode(MerkleLog.leafHash(leaf.canonicalBytes()))),
                            "size": .integer(head.checkpoint.size), "path": .strings(path.map(Base64.encode)),
                            "checkpoint": .string(head.note),
                        ])
                }
            },
            Route(
                .get, "/v1/me/receipts/{transaction}", "The proof that a transaction of yours is in the log", .contributors,
                .roles([.contributor, .buyer]), parameters: [Self.transaction],
                answers: [.json("A receipt; `fairvoice receipt verify` checks it off-line", .receipt)],
                problems: [.notFound], traits: [.conditional]
            ) { call in
                let owner = try call.principal.owner
                return try receipt(call, for: owner)
            },
            Route(
                .get, "/v1/admin/ledger/receipts/{transaction}", "The receipt of a transaction with every account", .admins,
                .admin, parameters: [Self.transaction], answers: [.json("A receipt", .receipt)], problems: [.notFound],
                traits: [.conditional]
            ) { call in try receipt(call, for: nil) },
        ]
    }

    private static let transaction = Parameter.path("transaction", .id(Entry.self), "As the statement names it")

    private func receipt(_ call: Call, for owner: String?) throws -> Response {
        let transaction = try call.id(Entry.self, "transaction")
        return try look { db in .taggedJSON(try market.receipt(of: transaction, for: owner, in: db).json) }
    }

    private static func wantsNote(_ call: Call) -> Bool {
        if let format = call.query.string("format") { return format == "note" }
        return call.request.fields.values("Accept").contains { $0.hasPrefix("text/plain") }
    }
}

extension Schema {
    static let base64Hash = string(44...44)

    static let logHead = named(
        "LogHead",
        object([
            .required("origin", .string(), "The log's name, for ever"),
            .required("size", .integer(0...Int64.max), "How many entries it has"),
            .required("root", .base64Hash, "Of its Merkle tree (RFC 9162), base 64"),
            .required("checkpoint", .string(), "All of this as a signed note: keep it"),
            .required("signed_at", .nullable(.timestamp), "When; null for an empty log"),
            .required("vkey", .nullable(.string()), "The key that signs, as verifiers of signed notes want it"),
            .required("vkeys", .array(of: .string()), "Every key that ever signed, newest first"),
        ]))

    static let consistencyProof = named(
        "ConsistencyProof",
        object([
            .required("first", .integer(1...Int64.max), "The smaller size"),
            .required("second", .integer(1...Int64.max), "The larger size"),
            .required("path", .array(of: .base64Hash), "Hashes of the proof; none where the sizes are the same"),
        ]))

    static let logEntry = named(
        "LogEntry",
        object([
            .required("index", .integer(0...Int64.max), "Its place"),
            .required(
                "leaf", .object([], isOpen: true), "A transaction's or audit entry's header; its canonical JSON is what is hashed"
            ),
            .required("leaf_hash", .base64Hash, "SHA-256 of a zero byte and the leaf"),
            .required("size", .integer(0...Int64.max), "Of the tree in which the path leads to the root"),
            .required("path", .array(of: .base64Hash), "Nearest sibling first"),
            .required("checkpoint", .string(), "The head of this size, signed"),
        ]))

    static let receipt = named(
        "LedgerReceipt",
        object([
            .required("leaf", .object([], isOpen: true), "The transaction's header: its canonical JSON is the leaf of the log"),
            .required("index", .integer(0...Int64.max), "Its place in the log"),
            .required("path", .string(), "From there to the head's root: hashes in URL-safe base 64, nearest sibling first"),
            .required(
                "parts",
                .array(
                    of: object([
                        .required("part", .object([], isOpen: true), "Account, amounts (a debit is positive), metadata, salt"),
                        .required("index", .integer(0...Int64.max), "Its place in the transaction's own tree"),
                        .required("path", .string(), "From there to the root in the header"),
                    ])), "What concerns you; nobody else's is shown"),
            .required("checkpoint", .string(), "The head of the log, signed"),
        ]))
}

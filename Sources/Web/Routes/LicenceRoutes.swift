import Crypto
import Delivery
import Domain
import HTTP
import JSON
import Market
import Storage

extension MarketRoutes {
    var licences: [Route] {
        [
            Route(
                .post, "/v1/licences", "License a snapshot for one named model and purpose", .buyers, .buyer,
                body: .json(
                    .object([
                        .required("snapshot", .id(Snapshot.self), "A snapshot of yours"),
                        .required("model", .string(1...200), "The name of the one model that will be trained"),
                        .required("purpose", .choice(Purpose.self), "What for"),
                        .required("term", .choice(Term.self), "How long"),
                        .optional("use_context", .choice(UseContext.self), "Where it will be used; general if left out"),
                    ])), answers: [.created("The licence, and how its fee was divided", .licence)],
                problems: [.insufficientFunds, .forbidden, .conflict], traits: [.idempotencyKey]
            ) { call in
                let buyer = try call.owner(Buyer.self)
                let request = try call.read { reader throws(FieldErrors) in
                    let snapshot: ID<Snapshot>? = reader.parsed("snapshot", "must be a snapshot's id", ID.init(_:))
                    let model = reader.string("model", min: 1, max: 200)
                    let purpose = reader.parsed("purpose", "is no purpose", Purpose.init(rawValue:))
                    let term = reader.parsed("term", "is no term", Term.init(rawValue:))
                    let context = reader.optionalParsed("use_context", "is no use context", UseContext.init(rawValue:))
                    let (known, wanted, duration) = try reader.finish(snapshot, purpose, term)
                    return LicenceRequest(
                        snapshot: known, model: model, purpose: wanted, useContext: context ?? .general, term: duration)
                }
                return try change(call) { db, now in
                    let licence = try market.grantLicence(request, by: buyer, at: now, in: db)
                    return .created(try licence.json(in: db), at: "/v1/licences/\(licence.id)")
                }
            },
            Route(
                .get, "/v1/licences", "Your licences, newest first", .buyers, .buyer, parameters: Parameter.page,
                answers: [.page("Licences", of: .licence)]
            ) { call in
                let buyer = try call.owner(Buyer.self)
                return try look { db in
                    let page = try Licences.list(of: buyer, call.storagePage(), in: db)
                    let texts = try Dictionary(uniqueKeysWithValues: page.rows.map { ($0.id, try $0.json(in: db)) })
                    return call.list(page, cursor: { Cursor($0.id.text) }, json: { texts[$0.id] ?? .null })
                }
            },
            Route(
                .get, "/v1/licences/{id}", "A licence of yours", .buyers, .buyer, parameters: [Self.licenceID],
                answers: [.json("The licence", .licence)], traits: [.conditional]
            ) { call in try look { db in .taggedJSON(try licence(call, in: db).json(in: db)) } },
            Route(
                .get, "/v1/licences/{id}/export", "The audio with its metadata: the same bytes each time", .buyers, .buyer,
                parameters: [Self.licenceID, .query("format", .choice(["webdataset"]), "The format", default: "webdataset")],
                answers: [.bytes("A tar in the WebDataset convention", mediaTypes: ["application/x-tar"])],
                problems: [.gone], traits: [.conditional, .ranges]
            ) { call in try export(call) },
        ]
    }

    private static let licenceID = Parameter.path("id", .id(Licence.self), "The licence")

    private func licence(_ call: Call, in db: Connection) throws -> Licence {
        guard let licence = try Licences.find(call.id(Licence.self), of: call.owner(Buyer.self), in: db) else {
            throw Problem.notFound
        }
        return licence
    }

    private func archive(of licence: Licence, in db: Connection) throws -> WebDatasetArchive {
        guard let snapshot = try Snapshots.find(licence.snapshot, of: licence.buyer, in: db) else { throw Problem.notFound }
        let members = try Snapshots.members(of: snapshot.id, in: db)
        return WebDatasetArchive(licence, snapshot, members) { blobs.path(of: $0) }
    }

    private func export(_ call: Call) throws -> Response {
        let format = "webdataset"
        let licence = try look { db in try self.licence(call, in: db) }
        let archive = try look { db in try self.archive(of: licence, in: db) }
        let known = try look { db in try Licences.exportDigest(of: licence.id, format: format, in: db) }
        if let end = licence.endsAt, end <= market.now { throw Problem(.gone, "The licence ended at \(end.rfc3339).") }
        let digest: [UInt8]
        if let known, known.byteCount == archive.byteCount {
            digest = known.sha256
        } else {
            digest = try archive.digest()
            try market.store.write { db in
                try Licences.keepExportDigest(
                    of: licence.id, format: format, sha256: digest, byteCount: archive.byteCount, in: db)
            }
        }
        return Response(
            status: 200,
            fields: Fields([
                "Content-Type": "application/x-tar", "ETag": EntityTag(Hex.encode(digest)).text,
                "Repr-Digest": ContentDigest.text(sha256: digest),
                "Content-Disposition": "attachment; filename=\"\(licence.id).tar\"", "Cache-Control": "private",
            ]), body: .content(ExportContent(archive: archive), offset: 0, byteCount: archive.byteCount))
    }
}

/// An archive as the content of an answer.
private struct ExportContent: SeekableContent {
    let archive: WebDatasetArchive

    var byteCount: Int64 { archive.byteCount }

    func read(at offset: Int64, count: Int) throws -> [UInt8] { try archive.read(at: offset, count: count) }
}

extension Schema {
    static let licence = named(
        "Licence",
        object([
            .required("id", .id(Licence.self), "The licence"), .required("snapshot", .id(Snapshot.self), "Of this snapshot"),
            .required("model", .string(), "For this model alone"), .required("purpose", .choice(Purpose.self), "What for"),
            .required("use_context", .choice(UseContext.self), "Where it is used"),
            .required("term", .choice(Term.self), "How long"),
            .required("fee", .money, "What it cost"),
            .required(
                "division",
                object([
                    .required("royalties", .money, "To the contributors; with the reviewers' part where nobody reviewed"),
                    .required("reviewers", .money, "To reviewers"), .required("acquisition_fund", .money, "For new recordings"),
                    .required("operations", .money, "For the market"),
                ]), "The fee in four parts"),
            .required("contributors", .integer(), "How many people it paid royalties"),
            .required("reviewers", .integer(), "How many reviewers it paid"),
            .required("transaction", .ledgerEntry, "In the books"),
            .required("payment", .choice(LicencePayment.self), "From funds, or owed"),
            .required("refund", .nullable(.licenceRefund), "What was given back; it ended the licence"),
            .required("starts_at", .timestamp, "From"), .required("ends_at", .nullable(.timestamp), "Until; null is for ever"),
        ]))
}

extension Licence {
    func json(in db: Connection) throws -> JSON {
        func part(_ micros: Int64) -> JSON { Money(micros: micros, currency: fee.currency).json }
        return [
            "id": .string(id.text), "snapshot": .string(snapshot.text), "model": .string(modelName),
            "purpose": .string(purpose.rawValue), "use_context": .string(useContext.rawValue), "term": .string(term.rawValue),
            "fee": fee.json,
            "division": [
                "royalties": part(division.royalties), "reviewers": part(division.reviewers),
                "acquisition_fund": part(division.acquisitionFund), "operations": part(division.operations),
            ],
            "contributors": .count(try Licences.contributorCount(of: id, in: db)),
            "reviewers": .count(try ReviewRoyalties.count(of: id, in: db)), "transaction": .string(entry),
            "payment": .string(payment.rawValue), "refund": .orNull(try LicenceRefunds.find(id, in: db)?.json),
            "starts_at": startsAt.json, "ends_at": endsAt.json,
        ]
    }
}

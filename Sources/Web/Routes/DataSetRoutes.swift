import Domain
import HTTP
import JSON
import Market
import Storage

extension MarketRoutes {
    var dataSets: [Route] {
        [
            Route(
                .post, "/v1/datasets", "Save a query", .buyers, .buyer,
                body: .json(
                    .object([
                        .required("name", .string(1...200), "A name"),
                        .required("query", .object([], isOpen: true), "Filters by the names of the catalogue's parameters"),
                    ])), answers: [.created("The data set", .dataSet)], traits: [.idempotencyKey]
            ) { call in
                let buyer = try call.owner(Buyer.self)
                let (name, query) = try call.read { reader throws(FieldErrors) in
                    let name = reader.string("name", min: 1, max: 200)
                    let query = reader.object("query") { CatalogueQuery(reader: &$0) }
                    return (name, try reader.finish(query))
                }
                return try change(call) { db, now in
                    let dataSet = try market.saveDataSet(query, name: name, by: buyer, at: now, in: db)
                    return .created(dataSet.json, at: "/v1/datasets/\(dataSet.id)")
                }
            },
            Route(
                .get, "/v1/datasets", "Your data sets, newest first", .buyers, .buyer, parameters: Parameter.page,
                answers: [.page("Data sets", of: .dataSet)]
            ) { call in
                let buyer = try call.owner(Buyer.self)
                return try look { db in
                    call.list(
                        try DataSets.list(of: buyer, call.storagePage(), in: db), cursor: { Cursor($0.id.text) }, json: \.json)
                }
            },
            Route(
                .get, "/v1/datasets/{id}", "A data set of yours", .buyers, .buyer, parameters: [Self.dataSetID],
                answers: [.json("The data set", .dataSet)], traits: [.conditional]
            ) { call in try look { db in .taggedJSON(try dataSet(call, in: db).json) } },
            Route(
                .post, "/v1/datasets/{id}/snapshots", "Freeze what the query finds now", .buyers, .buyer,
                parameters: [Self.dataSetID], answers: [.created("The snapshot", .snapshot)], problems: [.conflict],
                traits: [.idempotencyKey]
            ) { call in
                let buyer = try call.owner(Buyer.self)
                let id = try call.id(DataSet.self)
                return try change(call) { db, now in
                    let snapshot = try market.freezeSnapshot(of: id, by: buyer, at: now, in: db)
                    guard let dataSet = try DataSets.find(id, of: buyer, in: db) else { throw Problem.notFound }
                    let place = "/v1/datasets/\(id)/snapshots/\(snapshot.version)"
                    return .created(.object(try summary(of: snapshot, dataSet, in: db)), at: place)
                }
            },
            Route(
                .get, "/v1/datasets/{id}/snapshots/{version}", "A snapshot with its members", .buyers, .buyer,
                parameters: [Self.dataSetID, .path("version", .integer(1...1_000_000_000), "Version")] + Parameter.page,
                answers: [.json("The snapshot", .snapshotWithMembers)]
            ) { call in
                try look { db in
                    let dataSet = try dataSet(call, in: db)
                    let version = call.path.integer("version") ?? 0
                    guard let snapshot = try Snapshots.find(version: version, of: dataSet.id, in: db) else {
                        throw Problem.notFound
                    }
                    let asked = try call.page()
                    let after = asked.after?.first.flatMap { Int64($0) } ?? -1
                    let rest = try Snapshots.members(of: snapshot.id, in: db).filter { $0.n > after }
                    return call.list(
                        Array(rest.prefix(asked.limit)), hasMore: rest.count > asked.limit, cursor: { Cursor("\($0.n)") },
                        json: \.json, more: try summary(of: snapshot, dataSet, in: db))
                }
            },
        ]
    }

    private static let dataSetID = Parameter.path("id", .id(DataSet.self), "The data set")

    private func dataSet(_ call: Call, in db: Connection) throws -> DataSet {
        guard let dataSet = try DataSets.find(call.id(DataSet.self), of: call.owner(Buyer.self), in: db) else {
            throw Problem.notFound
        }
        return dataSet
    }

    /// What a snapshot is, with its splits, what it lacks of the hours wanted, and what it would cost.
    private func summary(of snapshot: Snapshot, _ dataSet: DataSet, in db: Connection) throws -> JSONObject {
        let all = try Snapshots.members(of: snapshot.id, in: db)
        let splits = Snapshot.Split.allCases.map { split -> (String, JSON?) in
            let part = all.filter { $0.split == split }
            return (
                split.rawValue,
                [
                    "recordings": .count(part.count), "speakers": .count(Set(part.map(\.speaker)).count),
                    "hours": .number(Double(part.reduce(0) { $0 + $1.durationMilliseconds }) / 3_600_000),
                ]
            )
        }
        let gaps = try Targets.held(by: snapshot.id, in: db).filter {
            dataSet.query.admits($0.target.cell) && $0.heldMilliseconds < $0.target.wantedSeconds * 1000
        }
        let card = try market.currentRateCard(in: db).card
        return [
            "id": .string(snapshot.id.text), "dataset": .string(snapshot.dataSet.text), "version": .integer(snapshot.version),
            "sha256": .string(snapshot.sha256), "recordings": .integer(snapshot.recordingCount),
            "speakers": .integer(snapshot.speakerCount), "hours": .number(Double(snapshot.durationMilliseconds) / 3_600_000),
            "byte_count": .integer(snapshot.byteCount), "created_at": snapshot.createdAt.json,
            "splits": .object(JSONObject(members: splits)), "gaps": .array(gaps.map(Self.json)),
            "prices": Self.prices(card, milliseconds: snapshot.durationMilliseconds),
        ]
    }
}

extension MarketRoutes {
    fileprivate static func json(_ target: Target, heldMilliseconds: Int64) -> JSON {
        [
            "language": .string(target.cell.language.tag), "accent": .orNull(target.cell.accent),
            "register": .orNull(target.cell.register?.rawValue), "setting": .orNull(target.cell.setting?.rawValue),
            "emotion": .orNull(target.cell.emotion?.rawValue), "hours_wanted": .number(Double(target.wantedSeconds) / 3600),
            "hours_in_snapshot": .number(Double(heldMilliseconds) / 3_600_000),
        ]
    }
}

extension Schema {
    static let dataSet = named(
        "DataSet",
        object([
            .required("id", .id(DataSet.self), "The data set"), .required("name", .string(), "Its name"),
            .required("query", object([], isOpen: true), "Its filters"), .required("created_at", .timestamp, "When it was saved"),
        ]))

    private static let snapshotProperties: [Property] = [
        .required("id", .id(Snapshot.self), "The snapshot"), .required("dataset", .id(DataSet.self), "Its data set"),
        .required("version", .integer(1...Int64.max), "Counts up"), .required("sha256", .sha256, "Of the list of members"),
        .required("recordings", .integer(), "How many"), .required("speakers", .integer(), "Of how many people"),
        .required("hours", .hours, "How much"), .required("byte_count", .integer(), "Bytes of audio"),
        .required("created_at", .timestamp, "When it was frozen"),
        .required(
            "splits",
            map(
                of: object([
                    .required("recordings", .integer(), "How many"), .required("speakers", .integer(), "Of how many people"),
                    .required("hours", .hours, "How much"),
                ])), "train, validation and test share no speaker"),
        .required(
            "gaps",
            .array(
                of: object([
                    .required("language", .language, "Wanted"), .required("accent", .nullable(.accent), "Null is any"),
                    .required("register", .nullable(.choice(Register.self)), "Null is any"),
                    .required("setting", .nullable(.choice(Setting.self)), "Null is any"),
                    .required("emotion", .nullable(.choice(Emotion.self)), "Null is any"),
                    .required("hours_wanted", .hours, "On the scarcity board"),
                    .required("hours_in_snapshot", .hours, "Fewer than that"),
                ])), "Kinds of speech within the query that the snapshot holds less of than is wanted"),
        .required("prices", .prices, "A licence, by purpose and term"),
    ]

    static let snapshot = named("Snapshot", object(snapshotProperties))

    static let snapshotWithMembers = named(
        "SnapshotWithMembers",
        object(
            snapshotProperties + [
                .required(
                    "data",
                    .array(
                        of: object([
                            .required("n", .integer(), "Position"), .required("recording", .id(Recording.self), "The recording"),
                            .required("speaker", .string(), "Opaque name"),
                            .required("split", .choice(Snapshot.Split.self), "Its split"),
                            .required("sha256", .sha256, "Of its audio"), .required("byte_count", .integer(), "Size"),
                            .required("duration_seconds", .number(), "Length"),
                        ]), 0...200), "Members"),
                .required("next_cursor", .nullable(.text(.cursor)), "The next page"),
                .required("has_more", .boolean, "Whether there is one"),
            ]))
}

extension DataSet {
    var json: JSON {
        ["id": .string(id.text), "name": .string(name), "query": query.json, "created_at": createdAt.json]
    }
}

extension Snapshot.Member {
    var json: JSON {
        [
            "n": .integer(n), "recording": .string(recording.text), "speaker": .string(speaker), "split": .string(split.rawValue),
            "sha256": .string(sha256), "byte_count": .integer(byteCount),
            "duration_seconds": .number(Double(durationMilliseconds) / 1000),
        ]
    }
}

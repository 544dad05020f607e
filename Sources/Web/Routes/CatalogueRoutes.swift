import Domain
import HTTP
import JSON
import Market
import Storage

extension MarketRoutes {
    /// Values of a facet with fewer speakers than this are not counted out: their people could be told apart.
    static let speakerCountMin: Int64 = 5
    /// Longer pages are not written on the connection's queue: others wait meanwhile.
    private static let recalledRowCountMax = 64

    var catalogue: [Route] {
        [
            Route(
                .get, "/v1/catalogue", "Find recordings, with counts and prices", .buyers, .roles([.buyer, .admin]),
                parameters: Self.filters + [
                    .query("facets", .text(Self.facetList, 0...200), "Facets to count by, separated by commas; none if left out")
                ] + Parameter.page, answers: [.json("What matches", .catalogue)],
                recall: { call in
                    let (query, facets, page) = try Self.question(call)
                    guard page.limit <= Self.recalledRowCountMax,
                        let answer = market.store.knownCatalogue(query, by: facets, page), let card = market.knownRateCard
                    else { return nil }
                    return try Self.response(to: call, answer, facets, card)
                }
            ) { call in
                let (query, facets, page) = try Self.question(call)
                // So that the next one finds it in memory.
                if market.knownRateCard == nil { try market.readPrices { _, _ in } }
                return try market.store.readCatalogue(query, by: facets, page) { db, answer in
                    try Self.response(to: call, answer, facets, market.currentRateCard(in: db).card)
                }
            },
            Route(
                .get, "/v1/catalogue/entries", "Every recording that matches, a line of JSON each", .buyers,
                .roles([.buyer, .admin]),
                parameters: Self.filters + [
                    .query("after", .id(Recording.self), "Begins behind this recording: where a broken download goes on")
                ],
                answers: [
                    .bytes("Entries of the catalogue in the order of their ids", mediaTypes: [CatalogueText.mediaType])
                ]
            ) { call in
                let text = CatalogueText(
                    try Self.query(call.query.values), after: try call.query.parsed("after", ID.init(_:)),
                    for: ID(stored: try call.principal.owner), market)
                return Response(
                    status: 200, fields: Fields(["Content-Type": CatalogueText.mediaType]), body: .sequence(text))
            },
        ]
    }

    private static func question(_ call: Call) throws -> (CatalogueQuery, [CatalogueFacet], Storage.PageRequest) {
        (try query(call.query.values), facets(call.query.string("facets") ?? ""), try call.storagePage())
    }

    private static func response(
        to call: Call, _ answer: CatalogueAnswer, _ facets: [CatalogueFacet], _ card: RateCard
    ) throws -> Response {
        let buyer = ID<Buyer>(stored: try call.principal.owner)
        let rows = answer.page.rows
        let page = CataloguePage(
            entries: rows.map {
                CatalogueEntry(entry: $0, speaker: Marketplace.speakerName(of: $0.contributor, for: buyer))
            }, next: answer.page.hasMore ? rows.last.map { Cursor($0.recording.text) } : nil, counts: answer.counts,
            facets: facets, card: card)
        return call.linked(.json(200, page), to: page.next)
    }

    private static let facetList: TextFormat = {
        let names = CatalogueFacet.allCases.map(\.rawValue)
        let one = "(\(names.joined(separator: "|")))"
        return TextFormat(
            pattern: "^(\(one)(,\(one))*)?$", demand: "must be of \(names.joined(separator: ", ")), separated by commas"
        ) { text in
            text.isEmpty
                || text.utf8.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false).allSatisfy {
                    names.contains(String(decoding: $0, as: UTF8.self))
                }
        }
    }()

    private static let filters: [Parameter] = [
        .query("language", .language, "BCP 47 tag"), .query("accent", .accent, "Accent"),
        .query("emotion", .choice(Emotion.self), "Intended emotion"),
        .query(
            "perceived_emotion", .choice(Emotion.self),
            "What reviewers hear; the active model's best label while there are too few"),
        .query("min_agreement", .number(0...1), "At least this share of reviewers agrees on the perceived emotion"),
        .query("register", .choice(Register.self), "To whom"), .query("setting", .choice(Setting.self), "Where"),
        .query("elicitation", .choice(Elicitation.self), "How"),
        .query("gender", .choice(Contributor.Gender.self), "Gender, where told"),
        .query("age_band", .choice(Contributor.AgeBand.self), "Age, where told"),
        .query("min_snr_db", .number(-50...200), "At least this speech-to-noise ratio"),
        .query("grade", .choice(["A", "B", "C"]), "This grade or better"),
        .query("purpose", .choice(Purpose.self), "Only what may be licensed for it now"),
    ]

    /// The filters among the parameters of a request.
    private static func query(_ values: JSONObject) throws(Problem) -> CatalogueQuery {
        let names = Set(filters.map(\.name))
        var reader = ObjectReader(
            .object(JSONObject(members: values.filter { names.contains($0.key) }.map { ($0.key, $0.value) })))
        let query = CatalogueQuery(reader: &reader)
        do { try reader.finish() } catch {
            throw Problem(.invalidParameters, errors: error.all.map { InputError(.query, $0.pointer, $0.detail) })
        }
        return query
    }

    /// The facets of a list that fits its format, each once.
    private static func facets(_ text: String) -> [CatalogueFacet] {
        let named = Set(text.utf8.split(separator: UInt8(ascii: ",")).map { String(decoding: $0, as: UTF8.self) })
        return CatalogueFacet.allCases.filter { named.contains($0.rawValue) }
    }

    /// What licences of so much speech cost, by purpose and term.
    static func prices(_ card: RateCard, milliseconds: Int64) -> JSON {
        .object(
            JSONObject(
                members: Purpose.allCases.map { purpose in
                    (
                        purpose.rawValue,
                        .object(
                            JSONObject(
                                members: Term.allCases.map { term in
                                    (
                                        term.rawValue,
                                        card.fee(purpose: purpose, term: term, durationMilliseconds: milliseconds)?.json
                                    )
                                }))
                    )
                }))
    }
}

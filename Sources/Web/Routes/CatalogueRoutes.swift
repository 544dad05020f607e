import Domain
import HTTP
import JSON
import Market
import Storage

extension MarketRoutes {
    /// Values of a facet with fewer speakers than this are not counted out: their people could be told apart.
    static let speakerCountMin: Int64 = 5

    var catalogue: [Route] {
        [
            Route(
                .get, "/v1/catalogue", "Find recordings, with counts and prices", .buyers, .roles([.buyer, .admin]),
                parameters: Self.filters + [
                    .query("facets", .text(Self.facetList, 0...200), "Facets to count by, separated by commas; none if left out")
                ] + Parameter.page, answers: [.json("What matches", .catalogue)],
                recall: { call in
                    let (query, facets, page) = try Self.question(call)
                    guard let answer = market.store.knownCatalogue(query, by: facets, page), let card = market.knownRateCard
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
            }
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
            entries: rows.map { CatalogueEntry(match: $0, buyer: buyer) },
            next: answer.page.hasMore ? rows.last.map { Cursor($0.recording.id.text) } : nil, counts: answer.counts,
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

/// A recording as a buyer sees it.
private struct CatalogueEntry: JSONDescribed {
    let match: Catalogue.Match
    let buyer: ID<Buyer>

    static func describe(_ members: inout some JSONMembers<CatalogueEntry>) {
        members.required("recording", .id(Recording.self), "The recording") { $0.match.recording.id }
        members.required("speaker", .string(), "Opaque; the same for you always") {
            Marketplace.speakerName(of: $0.match.recording.contributor, for: $0.buyer)
        }
        members.required("language", .language, "Language") { $0.match.recording.cell.language }
        members.required("accent", .nullable(.string()), "Accent") { $0.match.recording.cell.accent }
        members.required("register", .nullable(.choice(Register.self)), "Register") {
            $0.match.recording.cell.register?.rawValue
        }
        members.required("setting", .nullable(.choice(Setting.self)), "Setting") { $0.match.recording.cell.setting?.rawValue }
        members.required("elicitation", .choice(Elicitation.self), "Elicitation") { $0.match.recording.elicitation.rawValue }
        members.required("emotion", .nullable(.choice(Emotion.self)), "Intended") { $0.match.recording.cell.emotion?.rawValue }
        members.required("perceived_emotion", .nullable(.string()), "By reviewers; by the model while there are too few") {
            $0.match.recording.perceivedEmotion
        }
        members.required(
            "agreement", .nullable(.number(0...1)), "The share of reviewers who hear it; null with fewer than three"
        ) { $0.match.recording.perception?.agreementShare }
        members.required("grade", .nullable(.choice(Grade.self)), "Grade") { $0.match.recording.decision?.grade.rawValue }
        members.required("duration_seconds", .nullable(.number()), "Length") { $0.match.recording.durationSeconds }
        members.required("snr_db", .nullable(.number()), "Speech to noise") { $0.match.recording.decision?.snrDecibels }
        members.required("gender", .nullable(.choice(Contributor.Gender.self)), "Where told") { $0.match.gender?.rawValue }
        members.required("age_band", .nullable(.choice(Contributor.AgeBand.self)), "Where told") {
            $0.match.ageBand?.rawValue
        }
    }
}

/// A count, without its numbers where they are of too few people.
private struct ShownCount: JSONDescribed {
    let count: CatalogueCount

    var isShown: Bool { count.speakers >= MarketRoutes.speakerCountMin }

    static func describe(_ members: inout some JSONMembers<ShownCount>) {
        members.required("recordings", .nullable(.integer()), "How many") { $0.isShown ? $0.count.recordings : nil }
        members.required("hours", .nullable(.hours), "How much") {
            $0.isShown ? Double($0.count.milliseconds) / 3_600_000 : nil
        }
        members.required("speakers", .nullable(.integer()), "Of how many people") { $0.isShown ? $0.count.speakers : nil }
        members.required("suppressed", .boolean, "True with fewer than five speakers") { !$0.isShown }
    }
}

/// What counts say of one value of a facet.
private struct FacetCount: JSONDescribed {
    let part: CatalogueCounts.Part

    static func describe(_ members: inout some JSONMembers<FacetCount>) {
        members.required("value", .string(), "The value") { $0.part.value }
        members.include(ShownCount.self) { ShownCount(count: $0.part.count) }
    }
}

/// What matches, with counts and prices.
private struct CataloguePage: JSONDescribed {
    let entries: [CatalogueEntry]
    let next: Cursor?
    let counts: CatalogueCounts
    let facets: [CatalogueFacet]
    let card: RateCard

    private var total: ShownCount { ShownCount(count: counts.total) }

    static func describe(_ members: inout some JSONMembers<CataloguePage>) {
        members.required("data", .array(of: .catalogueEntry, 0...200), "Recordings, in the order of their ids") { $0.entries }
        members.required("next_cursor", .nullable(.text(.cursor)), "The next page") { $0.next?.text }
        members.required("has_more", .boolean, "Whether there is one") { $0.next != nil }
        members.required("totals", .object(Schema.properties(of: ShownCount.self)), "All that matches") { $0.total }
        members.required(
            "facets", .map(of: .array(of: .object(Schema.properties(of: FacetCount.self)))), "Counts by value"
        ) { page in
            JSONMap(page.facets.map { ($0.rawValue, (page.counts.parts[$0] ?? []).map(FacetCount.init)) })
        }
        members.required(
            "prices", .nullable(.prices),
            "A licence of all that matches, by purpose and term; null with fewer than five speakers"
        ) { page in
            // Prices tell the length.
            page.total.isShown ? MarketRoutes.prices(page.card, milliseconds: page.counts.total.milliseconds) : .null
        }
    }
}

extension Schema {
    static let catalogueEntry = described("CatalogueEntry", CatalogueEntry.self)
    static let prices = map(of: map(of: .money))
    static let catalogue = described("Catalogue", CataloguePage.self)
}

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
                ] + Parameter.page, answers: [.json("What matches", .catalogue)]
            ) { call in
                let query = try Self.query(call.query.values)
                let facets = Self.facets(call.query.string("facets") ?? "")
                return try market.store.readCatalogue(query, by: facets) { db, counts in
                    let page = try Catalogue.search(query, call.storagePage(), in: db)
                    let counted = facets.map { facet in
                        (facet.rawValue, JSON.array((counts.parts[facet] ?? []).map(Self.json)) as JSON?)
                    }
                    let card = try market.currentRateCard(in: db).card
                    let caller = try call.principal
                    let isShown = counts.total.speakers >= Self.speakerCountMin
                    return call.list(
                        page, cursor: { Cursor($0.recording.id.text) }, json: { $0.json(for: caller) },
                        more: [
                            "totals": .object(JSONObject(members: Self.members(counts.total))),
                            "facets": .object(JSONObject(members: counted)),
                            // Prices tell the length.
                            "prices": isShown ? Self.prices(card, milliseconds: counts.total.milliseconds) : .null,
                        ])
                }
            }
        ]
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

    private static func json(_ part: CatalogueCounts.Part) -> JSON {
        .object(JSONObject(members: [("value", .string(part.value))] + members(part.count)))
    }

    /// A count, without its numbers where they are of too few people.
    private static func members(_ count: CatalogueCount) -> [(String, JSON?)] {
        let isShown = count.speakers >= speakerCountMin
        return [
            ("recordings", isShown ? .integer(count.recordings) : .null),
            ("hours", isShown ? .number(Double(count.milliseconds) / 3_600_000) : .null),
            ("speakers", isShown ? .integer(count.speakers) : .null), ("suppressed", .bool(!isShown)),
        ]
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

extension Schema {
    static let catalogueEntry = named(
        "CatalogueEntry",
        object([
            .required("recording", .id(Recording.self), "The recording"),
            .required("speaker", .string(), "Opaque; the same for you always"),
            .required("language", .language, "Language"), .required("accent", .nullable(.string()), "Accent"),
            .required("register", .nullable(.choice(Register.self)), "Register"),
            .required("setting", .nullable(.choice(Setting.self)), "Setting"),
            .required("elicitation", .choice(Elicitation.self), "Elicitation"),
            .required("emotion", .nullable(.choice(Emotion.self)), "Intended"),
            .required("perceived_emotion", .nullable(.string()), "By reviewers; by the model while there are too few"),
            .required("agreement", .nullable(.number(0...1)), "The share of reviewers who hear it; null with fewer than three"),
            .required("grade", .nullable(.choice(Grade.self)), "Grade"),
            .required("duration_seconds", .nullable(.number()), "Length"),
            .required("snr_db", .nullable(.number()), "Speech to noise"),
            .required("gender", .nullable(.choice(Contributor.Gender.self)), "Where told"),
            .required("age_band", .nullable(.choice(Contributor.AgeBand.self)), "Where told"),
        ]))

    static let prices = map(of: map(of: .money))

    /// What counts say, nothing of fewer people than five.
    private static let countMembers: [Property] = [
        .required("recordings", .nullable(.integer()), "How many"), .required("hours", .nullable(.hours), "How much"),
        .required("speakers", .nullable(.integer()), "Of how many people"),
        .required("suppressed", .boolean, "True with fewer than five speakers"),
    ]

    static let catalogue = named(
        "Catalogue",
        object([
            .required("data", .array(of: .catalogueEntry, 0...200), "Recordings, in the order of their ids"),
            .required("next_cursor", .nullable(.text(.cursor)), "The next page"),
            .required("has_more", .boolean, "Whether there is one"),
            .required(
                "totals",
                object(countMembers), "All that matches"),
            .required(
                "facets",
                .map(
                    of: .array(
                        of: object([.required("value", .string(), "The value")] + countMembers))), "Counts by value"),
            .required(
                "prices", .nullable(.prices),
                "A licence of all that matches, by purpose and term; null with fewer than five speakers"),
        ]))
}

extension Catalogue.Match {
    fileprivate func json(for caller: Principal) -> JSON {
        let buyer = ID<Buyer>(stored: caller.owner)
        let decision = recording.decision
        return [
            "recording": .string(recording.id.text),
            "speaker": .string(Marketplace.speakerName(of: recording.contributor, for: buyer)),
            "language": .string(recording.cell.language.tag), "accent": .orNull(recording.cell.accent),
            "register": .orNull(recording.cell.register?.rawValue), "setting": .orNull(recording.cell.setting?.rawValue),
            "elicitation": .string(recording.elicitation.rawValue), "emotion": .orNull(recording.cell.emotion?.rawValue),
            "perceived_emotion": .orNull(recording.perceivedEmotion), "agreement": .orNull(recording.perception?.agreementShare),
            "grade": .orNull(decision?.grade.rawValue),
            "duration_seconds": .orNull(decision?.durationMilliseconds.map { Double($0) / 1000 }),
            "snr_db": .orNull(decision?.snrDecibels), "gender": .orNull(gender?.rawValue), "age_band": .orNull(ageBand?.rawValue),
        ]
    }
}

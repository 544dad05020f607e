import Domain
import JSON
import Market
import Storage

/// A recording as a buyer sees it.
struct CatalogueEntry: JSONDescribed {
    let entry: Catalogue.Entry
    let speaker: String

    static func describe(_ members: inout some JSONMembers<CatalogueEntry>) {
        members.required("recording", .id(Recording.self), "The recording") { $0.entry.recording }
        members.required("speaker", .string(), "Opaque; the same for you always") { $0.speaker }
        members.required("language", .language, "Language") { $0.entry.language }
        members.required("accent", .nullable(.string()), "Accent") { $0.entry.accent }
        members.required("register", .nullable(.choice(Register.self)), "Register") { $0.entry.register }
        members.required("setting", .nullable(.choice(Setting.self)), "Setting") { $0.entry.setting }
        members.required("elicitation", .choice(Elicitation.self), "Elicitation") { $0.entry.elicitation }
        members.required("emotion", .nullable(.choice(Emotion.self)), "Intended") { $0.entry.emotion }
        members.required("perceived_emotion", .nullable(.string()), "By reviewers; by the model while there are too few") {
            $0.entry.perceivedEmotion
        }
        members.required(
            "agreement", .nullable(.number(0...1)), "The share of reviewers who hear it; null with fewer than three"
        ) { $0.entry.agreement.map { Double($0) / 1000 } }
        members.required("grade", .nullable(.choice(Grade.self)), "Grade") { $0.entry.grade }
        members.required("duration_seconds", .nullable(.number()), "Length") {
            $0.entry.durationMilliseconds.map { Double($0) / 1000 }
        }
        members.required("snr_db", .nullable(.number()), "Speech to noise") { $0.entry.snrDecibels }
        members.required("gender", .nullable(.choice(Contributor.Gender.self)), "Where told") { $0.entry.gender }
        members.required("age_band", .nullable(.choice(Contributor.AgeBand.self)), "Where told") { $0.entry.ageBand }
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
struct CataloguePage: JSONDescribed {
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

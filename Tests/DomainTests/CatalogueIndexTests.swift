import Domain
import TestSupport
import Testing

/// The index beside sets that are searched one by one.
@Suite struct CatalogueIndexTests {
    /// What the index is meant to be of.
    private struct Model {
        var speakers: [ID<Contributor>: CatalogueSpeaker] = [:]
        var recordings: [ID<Recording>: (facts: CatalogueFacts, by: ID<Contributor>)] = [:]

        func counts(_ query: CatalogueQuery, by facets: [CatalogueFacet]) -> CatalogueCounts {
            let found = recordings.values.filter { matches(query, $0.facts, speakers[$0.by]) }
            var parts: [CatalogueFacet: [CatalogueCounts.Part]] = [:]
            for facet in facets {
                let groups = Dictionary(grouping: found) { value(of: facet, $0.facts, speakers[$0.by]) }
                parts[facet] = groups.compactMap { value, members in
                    value.map { CatalogueCounts.Part(value: $0, count: count(members)) }
                }.sorted { ($1.count.milliseconds, $0.value) < ($0.count.milliseconds, $1.value) }
            }
            return CatalogueCounts(total: count(found), parts: parts)
        }

        private func count(_ found: [(facts: CatalogueFacts, by: ID<Contributor>)]) -> CatalogueCount {
            CatalogueCount(
                recordings: Int64(found.count), milliseconds: found.reduce(0) { $0 + ($1.facts.durationMilliseconds ?? 0) },
                speakers: Int64(Set(found.map(\.by)).count))
        }

        private func value(of facet: CatalogueFacet, _ facts: CatalogueFacts, _ speaker: CatalogueSpeaker?) -> String? {
            switch facet {
            case .gender: speaker?.gender
            case .ageBand: speaker?.ageBand
            default: facts.values[facet]
            }
        }

        private func matches(_ query: CatalogueQuery, _ facts: CatalogueFacts, _ speaker: CatalogueSpeaker?) -> Bool {
            guard let speaker, !speaker.purposes.isEmpty else { return false }
            func fits(_ wanted: String?, _ facet: CatalogueFacet) -> Bool {
                wanted == nil || wanted == value(of: facet, facts, speaker)
            }
            let grade = facts.values[.grade].flatMap(Grade.init(rawValue:))
            return fits(query.language?.tag, .language) && fits(query.accent, .accent) && fits(query.emotion?.rawValue, .emotion)
                && fits(query.perceivedEmotion?.rawValue, .perceivedEmotion) && fits(query.register?.rawValue, .register)
                && fits(query.setting?.rawValue, .setting) && fits(query.elicitation?.rawValue, .elicitation)
                && fits(query.gender?.rawValue, .gender) && fits(query.ageBand?.rawValue, .ageBand)
                && (query.snrDecibelsMin.map { (facts.snrDecibels ?? -.infinity) >= $0 } ?? true)
                && (query.agreementMin.map { (facts.agreement ?? -1) >= $0.thousandths } ?? true)
                && (query.grade.map { wanted in grade.map { $0 >= wanted } ?? false } ?? true)
                && (query.purpose.map(speaker.purposes.contains) ?? true)
        }
    }

    private static func facts(_ chance: inout SeededRandom) -> CatalogueFacts {
        var values: [CatalogueFacet: String] = [
            .language: ["de", "en", "fr"].randomElement(using: &chance)!,
            .register: Register.allCases.randomElement(using: &chance)!.rawValue,
            .setting: Setting.allCases.randomElement(using: &chance)!.rawValue,
            .elicitation: Elicitation.allCases.randomElement(using: &chance)!.rawValue,
            .emotion: Emotion.allCases.randomElement(using: &chance)!.rawValue,
        ]
        values[.accent] = [nil, "north", "south"].randomElement(using: &chance)!
        values[.perceivedEmotion] = [nil, "anger", "fear", "calm"].randomElement(using: &chance)!
        values[.grade] = [nil, "A", "B", "C"].randomElement(using: &chance)!
        return CatalogueFacts(
            values: values, durationMilliseconds: [nil, 0, 500, 500, 30_000, 3_600_000].randomElement(using: &chance)!,
            snrDecibels: [nil, -5, 10, 20.25, 40].randomElement(using: &chance)!,
            agreement: [nil, 0, 333, 667, 1000].randomElement(using: &chance)!)
    }

    private static func speaker(_ chance: inout SeededRandom) -> CatalogueSpeaker {
        CatalogueSpeaker(
            gender: [nil, "female", "male"].randomElement(using: &chance)!,
            ageBand: [nil, "18-24", "65+"].randomElement(using: &chance)!,
            purposes: Set(Purpose.allCases.filter { _ in Int.random(in: 0..<4, using: &chance) == 0 }))
    }

    @Test(arguments: 1...20) func `counts are those of a search one by one`(seed: UInt64) throws {
        var chance = SeededRandom(seed: seed)
        let ids = IDSource { 7 }
        let people: [ID<Contributor>] = (0..<12).map { ids.make(at: Timestamp(milliseconds: $0)) }
        let recordings: [ID<Recording>] = (0..<200).map { ids.make(at: Timestamp(milliseconds: $0)) }
        let owners = recordings.map { _ in people.randomElement(using: &chance)! }
        var model = Model()
        var index = CatalogueIndex()
        for step in 0..<600 {
            if step % 10 == 0 {
                let id = people.randomElement(using: &chance)!
                let speaker = step % 70 == 0 ? nil : Self.speaker(&chance)
                try index.set(speaker, of: id)
                model.speakers[id] = speaker
            }
            let number = Int.random(in: recordings.indices, using: &chance)
            let facts = step % 5 == 0 ? nil : Self.facts(&chance)
            try index.set(facts, of: recordings[number], by: owners[number])
            model.recordings[recordings[number]] = facts.map { ($0, owners[number]) }
            let query = CatalogueQuery.random(using: &chance)
            #expect(index.counts(query, by: CatalogueFacet.allCases) == model.counts(query, by: CatalogueFacet.allCases))
        }
        #expect(index.recordingCount == model.recordings.count)
    }

    @Test func `a copy that is asked does not see what comes later`() throws {
        let ids = IDSource { 7 }
        var index = CatalogueIndex()
        let speaker: ID<Contributor> = ids.make(at: Timestamp(milliseconds: 1))
        try index.set(CatalogueSpeaker(gender: nil, ageBand: nil, purposes: [.advertising]), of: speaker)
        let copy = index
        let facts = CatalogueFacts(values: [.language: "de"], durationMilliseconds: 1, snrDecibels: nil, agreement: nil)
        try index.set(facts, of: ids.make(at: Timestamp(milliseconds: 2)), by: speaker)
        #expect(copy.counts(CatalogueQuery(), by: []).total.recordings == 0)
        #expect(index.counts(CatalogueQuery(), by: []).total == CatalogueCount(recordings: 1, milliseconds: 1, speakers: 1))
    }

    @Test func `what does not fit is refused`() throws {
        var index = CatalogueIndex()
        let ids = IDSource { 1 }
        let long = CatalogueFacts(values: [:], durationMilliseconds: 1 << 31, snrDecibels: nil, agreement: nil)
        #expect(throws: CatalogueIndexError()) {
            try index.set(long, of: ids.make(at: Timestamp(milliseconds: 1)), by: ids.make(at: Timestamp(milliseconds: 1)))
        }
        let facts = CatalogueFacts(values: [:], durationMilliseconds: nil, snrDecibels: nil, agreement: nil)
        #expect(throws: CatalogueIndexError()) {
            try index.set(facts, of: ID(stored: "rec_1"), by: ids.make(at: Timestamp(milliseconds: 1)))
        }
    }
}

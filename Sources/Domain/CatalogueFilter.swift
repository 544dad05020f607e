/// A query in the numbers of an index.
struct CatalogueFilter {
    /// The fields that must have these values.
    private var mask: UInt64 = 0
    private var wanted: UInt64 = 0
    private var gender: UInt16?
    private var ageBand: UInt16?
    private let purpose: Purpose?
    private let snrDecibelsMin: Double?
    private let agreementMin: Int64?
    /// The greatest number of a grade that is good enough.
    private var gradeMax: Int?

    private static let grade = CatalogueRow.fields.first { $0.facet == .grade }!

    /// Nil where nothing can match, because no recording has a value that is asked for.
    init?(_ query: CatalogueQuery, words: [CatalogueFacet: CatalogueWords]) {
        purpose = query.purpose
        snrDecibelsMin = query.snrDecibelsMin
        agreementMin = query.agreementMin?.thousandths
        let values: [CatalogueFacet: String?] = [
            .language: query.language?.tag, .accent: query.accent, .register: query.register?.rawValue,
            .setting: query.setting?.rawValue, .elicitation: query.elicitation?.rawValue, .emotion: query.emotion?.rawValue,
            .perceivedEmotion: query.perceivedEmotion?.rawValue,
        ]
        for field in CatalogueRow.fields {
            guard let value = values[field.facet] ?? nil else { continue }
            guard let number = words[field.facet]?.find(value) else { return nil }
            mask |= field.mask
            wanted |= UInt64(number) << field.shift
        }
        if let value = query.gender?.rawValue {
            guard let number = words[.gender]?.find(value) else { return nil }
            gender = number
        }
        if let value = query.ageBand?.rawValue {
            guard let number = words[.ageBand]?.find(value) else { return nil }
            ageBand = number
        }
        if let grade = query.grade { gradeMax = words[.grade]?.find(grade.rawValue).map(Int.init) ?? 0 }
    }

    func admits(_ shelf: CatalogueIndex.Shelf) -> Bool {
        guard let speaker = shelf.speaker, !speaker.purposes.isEmpty else { return false }
        return (gender == nil || gender == shelf.gender) && (ageBand == nil || ageBand == shelf.ageBand)
            && purpose.map(speaker.purposes.contains) != false
    }

    func admits(_ row: CatalogueRow) -> Bool {
        guard row.codes & mask == wanted else { return false }
        if let snrDecibelsMin, !(row.snrDecibels >= snrDecibelsMin) { return false }
        if let agreementMin, row.agreement < agreementMin || row.agreement < 0 { return false }
        guard let gradeMax else { return true }
        let grade = Self.grade.number(in: row.codes)
        return grade > 0 && grade <= gradeMax
    }
}

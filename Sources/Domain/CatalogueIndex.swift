/// Every accepted recording in memory, kept by speaker, so that counting people costs no more than counting recordings and
/// what holds of a speaker is looked at once.
///
/// A value: a copy that is being asked stays as it is while the original changes. About 45 bytes a recording.
public struct CatalogueIndex: Sendable {
    /// A speaker's recordings in no order.
    struct Shelf: Sendable {
        var speaker: CatalogueSpeaker?
        var gender: UInt16 = 0
        var ageBand: UInt16 = 0
        var ids: [UInt128] = []
        var rows: [CatalogueRow] = []
    }

    private(set) var shelves: [Shelf] = []
    private var shelfNumbers: [UInt128: Int] = [:]
    private(set) var words: [CatalogueFacet: CatalogueWords] = Dictionary(
        uniqueKeysWithValues: CatalogueFacet.allCases.map {
            // Grades are numbered from the best to the worst, so that a threshold is a comparison.
            ($0, CatalogueWords($0 == .grade ? Self.grades : []))
        })
    /// Of all recordings, also of speakers who grant nothing now.
    public private(set) var recordingCount = 0

    static let grades = ["A", "B", "C", Grade.rejected.rawValue]
    /// Speakers' facets have as much room as a wide field of a recording.
    private static let speakerWordsMax = 256

    public init() {}

    /// - Parameter speaker: nil for somebody of whom nothing is known.
    /// - Throws: `CatalogueIndexError` when the value does not fit; the index is of no use then.
    public mutating func set(_ speaker: CatalogueSpeaker?, of id: ID<Contributor>) throws(CatalogueIndexError) {
        let number = try shelf(of: id)
        shelves[number].gender = try word(.gender, speaker?.gender, under: Self.speakerWordsMax)
        shelves[number].ageBand = try word(.ageBand, speaker?.ageBand, under: Self.speakerWordsMax)
        shelves[number].speaker = speaker
    }

    /// Enters, changes or removes a recording.
    /// - Parameter facts: nil for one that is not accepted, or no longer.
    /// - Throws: `CatalogueIndexError` when a value does not fit; the index is of no use then.
    public mutating func set(
        _ facts: CatalogueFacts?, of recording: ID<Recording>, by contributor: ID<Contributor>
    ) throws(CatalogueIndexError) {
        guard let bits = recording.bits else { throw CatalogueIndexError() }
        let number = try shelf(of: contributor)
        let row: CatalogueRow? = if let facts { try row(facts) } else { nil }
        place(row, bits, at: shelves[number].ids.firstIndex(of: bits), on: number)
    }

    /// Enters a recording that is not there yet.
    public mutating func add(
        _ facts: CatalogueFacts, of recording: ID<Recording>, by contributor: ID<Contributor>
    ) throws(CatalogueIndexError) {
        guard let bits = recording.bits else { throw CatalogueIndexError() }
        place(try row(facts), bits, at: nil, on: try shelf(of: contributor))
    }

    private mutating func place(_ row: CatalogueRow?, _ bits: UInt128, at place: Int?, on shelf: Int) {
        switch (row, place) {
        case (let row?, let place?): shelves[shelf].rows[place] = row
        case (let row?, nil):
            shelves[shelf].ids.append(bits)
            shelves[shelf].rows.append(row)
            recordingCount += 1
        case (nil, let place?):
            shelves[shelf].ids.swapAt(place, shelves[shelf].ids.count - 1)
            shelves[shelf].rows.swapAt(place, shelves[shelf].rows.count - 1)
            shelves[shelf].ids.removeLast()
            shelves[shelf].rows.removeLast()
            recordingCount -= 1
        case (nil, nil): break
        }
    }

    private mutating func shelf(of contributor: ID<Contributor>) throws(CatalogueIndexError) -> Int {
        guard let bits = contributor.bits else { throw CatalogueIndexError() }
        if let known = shelfNumbers[bits] { return known }
        shelfNumbers[bits] = shelves.count
        shelves.append(Shelf())
        return shelves.count - 1
    }

    private mutating func word(
        _ facet: CatalogueFacet, _ text: String?, under limit: Int
    ) throws(CatalogueIndexError) -> UInt16 {
        guard let number = words[facet, default: CatalogueWords()].number(text, under: limit) else {
            throw CatalogueIndexError()
        }
        return number
    }

    private mutating func row(_ facts: CatalogueFacts) throws(CatalogueIndexError) -> CatalogueRow {
        var row = CatalogueRow()
        for field in CatalogueRow.fields {
            row.codes |= UInt64(try word(field.facet, facts.values[field.facet], under: field.limit)) << field.shift
        }
        guard let milliseconds = Int32(exactly: facts.durationMilliseconds ?? 0),
            let agreement = Int16(exactly: facts.agreement ?? -1)
        else { throw CatalogueIndexError() }
        row.snrDecibels = facts.snrDecibels ?? .nan
        row.milliseconds = milliseconds
        row.agreement = agreement
        return row
    }
}

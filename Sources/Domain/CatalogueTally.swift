/// Counts by the values of one facet. Speakers come one after the other, so each is told from the one before alone.
struct CatalogueTally {
    private var counts: [CatalogueCount]
    private var lastSpeaker: [Int]

    /// - Parameter valueCount: with 0, the unknown.
    init(valueCount: Int) {
        counts = Array(repeating: CatalogueCount(), count: valueCount)
        lastSpeaker = Array(repeating: -1, count: valueCount)
    }

    mutating func add(_ row: CatalogueRow, to value: Int, of speaker: Int) {
        counts[value].recordings += 1
        counts[value].milliseconds += Int64(row.milliseconds)
        if lastSpeaker[value] != speaker {
            lastSpeaker[value] = speaker
            counts[value].speakers += 1
        }
    }

    mutating func add(_ count: CatalogueCount, to value: Int) {
        counts[value].recordings += count.recordings
        counts[value].milliseconds += count.milliseconds
        counts[value].speakers += count.speakers
    }

    /// What was counted but the unknown, most speech first, then in the order of bytes, which is SQLite's.
    func parts(_ words: CatalogueWords?) -> [CatalogueCounts.Part] {
        zip(words?.texts ?? [], counts).dropFirst().filter { $0.1.recordings > 0 }.map {
            CatalogueCounts.Part(value: $0.0, count: $0.1)
        }.sorted {
            $0.count.milliseconds == $1.count.milliseconds
                ? $0.value.utf8.lexicographicallyPrecedes($1.value.utf8) : $0.count.milliseconds > $1.count.milliseconds
        }
    }
}

extension CatalogueIndex {
    /// Counts what matches, in one pass over the speakers who match.
    public func counts(_ query: CatalogueQuery, by facets: [CatalogueFacet]) -> CatalogueCounts {
        guard let filter = CatalogueFilter(query, words: words) else { return Self.none(facets) }
        let fields = CatalogueRow.fields.filter { facets.contains($0.facet) }
        var total = CatalogueCount()
        var tallies = fields.map { CatalogueTally(valueCount: words[$0.facet]?.texts.count ?? 1) }
        var byGender = CatalogueTally(valueCount: words[.gender]?.texts.count ?? 1)
        var byAge = CatalogueTally(valueCount: words[.ageBand]?.texts.count ?? 1)
        for (number, shelf) in shelves.enumerated() where filter.admits(shelf) {
            let before = total
            for row in shelf.rows where filter.admits(row) {
                total.recordings += 1
                total.milliseconds += Int64(row.milliseconds)
                for index in fields.indices {
                    tallies[index].add(row, to: fields[index].number(in: row.codes), of: number)
                }
            }
            guard total.recordings > before.recordings else { continue }
            total.speakers += 1
            let share = CatalogueCount(
                recordings: total.recordings - before.recordings, milliseconds: total.milliseconds - before.milliseconds,
                speakers: 1)
            byGender.add(share, to: Int(shelf.gender))
            byAge.add(share, to: Int(shelf.ageBand))
        }
        var parts: [CatalogueFacet: [CatalogueCounts.Part]] = [:]
        for (field, tally) in zip(fields, tallies) { parts[field.facet] = tally.parts(words[field.facet]) }
        if facets.contains(.gender) { parts[.gender] = byGender.parts(words[.gender]) }
        if facets.contains(.ageBand) { parts[.ageBand] = byAge.parts(words[.ageBand]) }
        return CatalogueCounts(total: total, parts: parts)
    }

    private static func none(_ facets: [CatalogueFacet]) -> CatalogueCounts {
        CatalogueCounts(total: CatalogueCount(), parts: Dictionary(facets.map { ($0, []) }) { one, _ in one })
    }
}

/// One recording in the index: 24 bytes.
struct CatalogueRow: Sendable {
    /// The number of each value, a field each (`Field`).
    var codes: UInt64 = 0
    /// NaN where unknown, which no threshold lets pass.
    var snrDecibels: Double = .nan
    var milliseconds: Int32 = 0
    /// In thousandths; -1 where unknown.
    var agreement: Int16 = -1

    /// Where the number of a facet's value stands in `codes`.
    struct Field: Sendable {
        let facet: CatalogueFacet
        let shift: UInt64
        let bitCount: UInt64

        var limit: Int { 1 << Int(bitCount) }
        var mask: UInt64 { UInt64(limit - 1) << shift }

        func number(in codes: UInt64) -> Int { Int(codes >> shift & UInt64(limit - 1)) }
    }

    /// Facets of recordings, with room for so many values: 4,095 languages, 16,383 accents, 255 labels of models.
    static let fields: [Field] = {
        let widths: [(CatalogueFacet, UInt64)] = [
            (.language, 12), (.accent, 14), (.register, 5), (.setting, 5), (.elicitation, 4), (.emotion, 6),
            (.perceivedEmotion, 8),
            (.grade, 3),
        ]
        var shift: UInt64 = 0
        return widths.map { facet, bitCount in
            defer { shift += bitCount }
            return Field(facet: facet, shift: shift, bitCount: bitCount)
        }
    }()
}

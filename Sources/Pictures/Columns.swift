/// Brings contours to the columns of a picture.
enum Columns {
    /// The frames of each column: no more columns than frames, nor than fit.
    static func ranges(frameCount: Int, columnCountMax: Int) -> [Range<Int>] {
        let count = min(frameCount, columnCountMax)
        return (0..<count).map { $0 * frameCount / count..<($0 + 1) * frameCount / count }
    }

    /// The mean of each range's values; nil where there are none.
    static func means(_ values: [Float?], _ ranges: [Range<Int>]) -> [Float?] {
        ranges.map { range in
            let known = range.compactMap { $0 < values.count ? values[$0] : nil }
            return known.isEmpty ? nil : known.reduce(0, +) / Float(known.count)
        }
    }
}

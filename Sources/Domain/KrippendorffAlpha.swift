/// How far people agree beyond chance on categories, where not everybody has seen everything (K. Krippendorff, Computing
/// Krippendorff's Alpha-Reliability, 2011, section C, nominal data): 1 is full agreement, 0 is chance.
public enum KrippendorffAlpha {
    /// - Parameter units: for each unit the categories that it was given, in any order; a unit with one alone says nothing.
    /// - Returns: nil where nothing can be paired or everything is of one category, so that chance can't be told from agreement.
    public static func nominal<Category: Hashable>(_ units: [[Category]]) -> Double? {
        var totals: [Category: Double] = [:]
        var agreement = 0.0
        for unit in units where unit.count > 1 {
            var counts: [Category: Double] = [:]
            for category in unit {
                counts[category, default: 0] += 1
                totals[category, default: 0] += 1
            }
            // Whole numbers below 2^53 add up the same in any order.
            agreement += counts.values.reduce(0) { $0 + $1 * ($1 - 1) } / Double(unit.count - 1)
        }
        let n = totals.values.reduce(0, +)
        let byChance = n * n - totals.values.reduce(0) { $0 + $1 * $1 }
        guard byChance > 0 else { return nil }
        return 1 - (n - 1) * (n - agreement) / byChance
    }
}

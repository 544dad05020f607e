import Foundation

/// The functionals of contours, straight from their definitions. nil marks frames without a value, and results that can't be had.
enum SlowFunctionals {
    /// The mean of each frame that has a value and of its neighbours that have one; where flags are given, only of those with the
    /// wanted flag.
    static func smoothed(_ values: [Double?], where flags: [Bool]? = nil, equal wanted: Bool = true) -> [Double?] {
        let kept = values.indices.map { flags == nil || flags![$0] == wanted ? values[$0] : nil }
        return kept.indices.map { index in
            guard kept[index] != nil else { return nil }
            return mean(kept[max(0, index - 1)...min(kept.count - 1, index + 1)].compactMap { $0 })
        }
    }

    static func mean(_ values: [Double]) -> Double? { values.isEmpty ? nil : values.reduce(0, +) / Double(values.count) }

    static func deviation(_ values: [Double]) -> Double? {
        guard values.count > 1, let mean = mean(values) else { return nil }
        return (values.map { ($0 - mean) * ($0 - mean) }.reduce(0, +) / Double(values.count)).squareRoot()
    }

    /// Mean, and deviation over mean.
    static func both(_ contour: [Double?]) -> [Double?] {
        let values = contour.compactMap { $0 }
        return [mean(values), deviation(values).map { $0 / mean(values)! }]
    }

    static func percentile(_ values: [Double], _ share: Double) -> Double? {
        guard !values.isEmpty else { return nil }
        let sorted = values.sorted()
        let place = share * Double(sorted.count - 1)
        let (low, high) = (sorted[Int(place.rounded(.down))], sorted[Int(place.rounded(.up))])
        return low + (high - low) * (place - place.rounded(.down))
    }

    static func ten(_ contour: [Double?]) -> [Double?] {
        let values = contour.compactMap { $0 }
        let percentiles = [0.2, 0.5, 0.8].map { percentile(values, $0) }
        let slopes = extrema(contour).flatMap { run in
            zip(run, run.dropFirst()).map { ($1.value - $0.value) / (Double($1.frame - $0.frame) * 0.01) }
        }
        let (rising, falling) = (slopes.filter { $0 > 0 }, slopes.filter { $0 < 0 })
        return both(contour) + percentiles + [percentiles[2].map { $0 - percentiles[0]! }]
            + [mean(rising), deviation(rising), mean(falling), deviation(falling)]
    }

    /// Maxima between two other extrema.
    static func peakCount(_ contour: [Double?]) -> Int {
        extrema(contour).reduce(0) { sum, run in
            sum + run.indices.dropFirst().dropLast().count { run[$0].value > run[$0 - 1].value }
        }
    }

    /// The lengths in seconds of the runs of a flag.
    static func runs(_ flags: [Bool], of wanted: Bool) -> [Double] {
        let text = String(flags.map { $0 == wanted ? "x" : " " })
        return text.split(separator: " ").map { Double($0.count) * 0.01 }
    }

    /// For each unbroken run of values its extrema that stand out from their neighbours by more than a tenth of the contour's
    /// range: the smallest swing is struck out until all are large enough.
    private static func extrema(_ contour: [Double?]) -> [[(frame: Int, value: Double)]] {
        let values = contour.compactMap { $0 }
        guard let lowest = values.min(), let highest = values.max(), highest > lowest else { return [] }
        let least = 0.1 * (highest - lowest)
        let present = contour.indices.filter { contour[$0] != nil }
        var runs: [[(frame: Int, value: Double)]] = []
        for frame in present {
            if frame == 0 || contour[frame - 1] == nil { runs.append([]) }
            runs[runs.count - 1].append((frame, contour[frame]!))
        }
        return runs.map { strike($0, least: least) }
    }

    private static func strike(_ run: [(frame: Int, value: Double)], least: Double) -> [(frame: Int, value: Double)] {
        var points = run.indices.filter { index in
            guard index > 0, index + 1 < run.count else { return true }
            return (run[index].value > run[index - 1].value) == (run[index].value > run[index + 1].value)
        }.map { run[$0] }
        while points.count > 1 {
            let swings = zip(points, points.dropFirst()).map { abs($1.value - $0.value) }
            let smallest = swings.indices.min { swings[$0] < swings[$1] }!
            guard swings[smallest] <= least else { return points }
            // At an end only the end itself goes: what it leads to is the extremum.
            if smallest + 2 == points.count { points.removeLast() } else if smallest > 0 { points.remove(at: smallest + 1) }
            if smallest + 1 < swings.count { points.remove(at: smallest) }
        }
        return []
    }
}

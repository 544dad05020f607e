import Synchronization

/// How many observations lie at or below each bound, and their sum.
public final class Histogram: MetricFamily {
    private struct Series {
        /// One for each bound and one beyond; not cumulative.
        var counts: [Int]
        var sum = 0.0
    }

    let name: MetricName
    private let bounds: [Double]
    private let series = Mutex<[[String]: Series]>([:])

    init(_ name: MetricName, bounds: [Double]) {
        precondition(zip(bounds, bounds.dropFirst()).allSatisfy(<), "Bounds rise")
        self.name = name
        self.bounds = bounds
    }

    public func observe(_ value: Double, _ labels: [String] = []) {
        let bucket = bounds.firstIndex { value <= $0 } ?? bounds.count
        series.withLock { series in
            series[labels, default: Series(counts: Array(repeating: 0, count: bounds.count + 1))].counts[bucket] += 1
            series[labels]!.sum += value
        }
    }

    /// Adds observations that were counted elsewhere: one count for each bound and one beyond, and their sum.
    func add(_ counts: [Int], sum: Double, _ labels: [String]) {
        precondition(counts.count == bounds.count + 1, "One count for each bound and one beyond")
        series.withLock { series in
            var all = series[labels] ?? Series(counts: Array(repeating: 0, count: counts.count))
            for (index, count) in counts.enumerated() { all.counts[index] += count }
            all.sum += sum
            series[labels] = all
        }
    }

    func text() -> String {
        let all = series.withLock { $0 }.sorted { $0.key.lexicographicallyPrecedes($1.key) }
        return name.head("histogram") + all.map { lines($0.key, $0.value) }.joined()
    }

    private func lines(_ labels: [String], _ series: Series) -> String {
        var total = 0
        var text = ""
        for (bound, count) in zip(bounds + [.infinity], series.counts) {
            total += count
            text += name.line(labels, Double(total), suffix: "_bucket", more: ("le", MetricName.text(bound)))
        }
        return text + name.line(labels, series.sum, suffix: "_sum") + name.line(labels, Double(total), suffix: "_count")
    }
}

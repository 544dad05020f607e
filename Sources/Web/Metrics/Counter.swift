import Synchronization

/// A number that only rises, for each combination of label values.
public final class Counter: MetricFamily {
    let name: MetricName
    private let values = Mutex<[[String]: Double]>([:])

    init(_ name: MetricName) { self.name = name }

    /// Adds to the number of these label values. `amount` is not negative.
    public func add(_ amount: Double = 1, _ labels: [String] = []) {
        values.withLock { $0[labels, default: 0] += amount }
    }

    func text() -> String {
        let lines = values.withLock { $0 }.map { name.line($0.key, $0.value) }
        return name.head("counter") + lines.sorted().joined()
    }
}

/// A number that goes up and down, read when somebody asks.
final class Gauge: MetricFamily {
    let name: MetricName
    private let read: @Sendable () -> [(labels: [String], value: Double)]

    init(_ name: MetricName, read: @escaping @Sendable () -> [(labels: [String], value: Double)]) {
        self.name = name
        self.read = read
    }

    func text() -> String {
        name.head("gauge") + read().map { name.line($0.labels, $0.value) }.sorted().joined()
    }
}

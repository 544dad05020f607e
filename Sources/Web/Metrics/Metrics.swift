import Synchronization

/// Everything that is counted, and its text for Prometheus (exposition format 0.0.4).
public final class Metrics: Sendable {
    private let families = Mutex<[any MetricFamily]>([])
    private let collectors = Mutex<[@Sendable () -> Void]>([])

    public init() {}

    /// A number that only rises. Names end in `_total`.
    public func counter(_ name: String, _ help: String, labels: [String] = []) -> Counter {
        added(Counter(MetricName(name, help, labels)))
    }

    /// A number that is read when somebody asks. `read` answers label values and number, and must not block.
    public func gauge(
        _ name: String, _ help: String, labels: [String] = [], read: @escaping @Sendable () -> [(labels: [String], value: Double)]
    ) {
        _ = added(Gauge(MetricName(name, help, labels), read: read))
    }

    /// How observations spread over buckets. Bounds rise; one without end is added.
    public func histogram(_ name: String, _ help: String, bounds: [Double], labels: [String] = []) -> Histogram {
        added(Histogram(MetricName(name, help, labels), bounds: bounds))
    }

    /// Calls `collect` whenever somebody is about to read, for numbers that are counted elsewhere.
    func beforeReading(_ collect: @escaping @Sendable () -> Void) { collectors.withLock { $0.append(collect) } }

    /// All families in the order in which they were made.
    public func text() -> String {
        for collect in collectors.withLock({ $0 }) { collect() }
        return families.withLock { $0 }.map { $0.text() }.joined()
    }

    static let mediaType = "text/plain; version=0.0.4; charset=utf-8"

    private func added<Family: MetricFamily>(_ family: Family) -> Family {
        families.withLock { families in
            precondition(!families.contains { $0.name.name == family.name.name }, "Two metrics called \(family.name.name)")
            families.append(family)
        }
        return family
    }
}

/// One name with all its label values.
protocol MetricFamily: Sendable {
    var name: MetricName { get }
    /// HELP, TYPE and a line for each value.
    func text() -> String
}

/// What a metric is called, and how its lines are written.
struct MetricName: Sendable {
    let name: String
    let help: String
    let labels: [String]

    init(_ name: String, _ help: String, _ labels: [String]) {
        self.name = name
        self.help = help
        self.labels = labels
    }

    func head(_ type: String) -> String { "# HELP \(name) \(help)\n# TYPE \(name) \(type)\n" }

    /// `name_suffix{a="x",more="y"} 12`
    func line(_ values: [String], _ number: Double, suffix: String = "", more: (String, String)? = nil) -> String {
        precondition(values.count == labels.count, "\(name) has \(labels.count) labels")
        let pairs = (Array(zip(labels, values)) + (more.map { [$0] } ?? [])).map { "\($0)=\"\(Self.escaped($1))\"" }
        return name + suffix + (pairs.isEmpty ? "" : "{" + pairs.joined(separator: ",") + "}") + " \(Self.text(number))\n"
    }

    static func text(_ number: Double) -> String {
        if number.isNaN { return "NaN" }
        guard number.isFinite else { return number < 0 ? "-Inf" : "+Inf" }
        return Int64(exactly: number).map(String.init) ?? number.description
    }

    private static func escaped(_ value: String) -> String {
        value.map { $0 == "\\" ? "\\\\" : $0 == "\"" ? "\\\"" : $0.isNewline ? "\\n" : String($0) }.joined()
    }
}

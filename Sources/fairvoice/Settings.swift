import Configuration
import Foundation
import JSON

/// Everything that can be set: flags first, then `FAIRVOICE_…` in the environment, then a file. One table that the
/// program reads, `fairvoice config` prints and the documentation is made from.
struct Settings {
    static let defaultDataFolder = "./fairvoice-data"

    /// One setting.
    struct Entry {
        /// The flag without its dashes; with underscores it is the key of the file, in capitals the environment's.
        let name: String
        let fallback: String?
        let isSecret: Bool
        let note: String

        init(_ name: String, _ fallback: String?, isSecret: Bool = false, _ note: String) {
            self.name = name
            self.fallback = fallback
            self.isSecret = isSecret
            self.note = note
        }

        var key: String { name.replacingOccurrences(of: "-", with: "_") }
        var variable: String { "FAIRVOICE_\(key.uppercased())" }
    }

    static let table = [
        Entry("data", defaultDataFolder, "The data folder."),
        Entry("host", "127.0.0.1", "The address to listen on."),
        Entry("port", "8080", "The port to listen on; 0 picks one and prints it."),
        Entry("listen", nil, "Places to listen at instead: address:port, [address]:port or unix:path, with commas."),
        Entry("unix-mode", "660", "The permissions of Unix sockets, octal."),
        Entry("tls-cert", nil, "Certificate chains, PEM, with commas; the first is the default. With tls-key they turn TLS on."),
        Entry("tls-key", nil, "The private key of each chain, PEM, in the same order."),
        Entry("redirect", nil, "Places, as for listen, where every request of plain HTTP is sent on to https."),
        Entry("https-port", nil, "The port that it is sent to; that of the first listener over TLS if left out."),
        Entry("workers", nil, "Analysis workers; one a core less one if left out."),
        Entry("drain-seconds", "20", "How long answers in flight may take after SIGTERM."),
        Entry("log-level", "info", "trace, debug, info, notice, warning, error or critical."),
        Entry("access-log", nil, "A file for the access log, opened again on SIGHUP; standard error if left out."),
        Entry("free-mib-min", "256", "Free space of the data folder, in MiB, below which the server says that it is not ready."),
        Entry("key-rate", "100", "Requests a second that one key may make in the long run; 0 for no limit."),
        Entry("key-burst", "1000", "Requests that it may make at once."),
        Entry("address-rate", "500", "Requests a second from one address (of IPv6 a /64) in the long run; 0 for no limit."),
        Entry("address-burst", "5000", "Requests from it at once."),
        Entry("failure-rate", "10", "Wrong keys and failed sign-ins a minute from one address in the long run; 0 for no limit."),
        Entry("failure-burst", "20", "Wrong keys and failed sign-ins from it at once."),
        Entry("unlimited", "127.0.0.0/8,::1", "Addresses and CIDR ranges that no limit holds for, with commas; none for none."),
        Entry("connections", "16384", "Connections of the process; fewer where the system gives too few descriptors."),
        Entry("connections-per-address", "256", "Connections from one address (of IPv6 a /64)."),
        Entry("trusted-proxies", "none", "Addresses and CIDR ranges of proxies that are believed about whom a request is from."),
        Entry(
            "proxy-fields", "either",
            "What these proxies write: x-forwarded, forwarded, or either, which refuses requests where the two differ."),
        Entry("debtor-name", nil, "Whose account SEPA payouts leave from, as the bank knows the holder."),
        Entry("debtor-iban", nil, "The IBAN of that account. With debtor-name it turns SEPA payouts on."),
        Entry("debtor-bic", nil, "The BIC of its bank, where the bank asks for it."),
    ]

    private let reader: ConfigReader
    private let sources: [String: String]

    /// - Parameters:
    ///   - flags: what the command line set, by name.
    ///   - file: a JSON object of texts, numbers and booleans; unknown keys are errors.
    init(flags: [String: String], file: String?) throws {
        var fromFile: [String: String] = [:]
        if let file {
            guard let members = try? JSON.parse(Input.file(file)).asObject else {
                throw BadInput("--config: \(file) must hold one JSON object")
            }
            for member in members { fromFile[member.key] = try Self.text(member.value, of: member.key, in: file) }
        }
        let environment = ProcessInfo.processInfo.environment.filter { $0.key.hasPrefix("FAIRVOICE_") }
        let known = Set(Self.table.map(\.key))
        for key in fromFile.keys.sorted() where !known.contains(key) {
            throw BadInput("--config: \(file ?? ""): \(key) is no setting; `fairvoice config` lists them")
        }
        let variables = Set(Self.table.map(\.variable) + ["FAIRVOICE_TEST_DATA", "FAIRVOICE_TEST_BINARY"])
        for key in environment.keys.sorted() where !variables.contains(key) {
            throw BadInput("\(key) in the environment is no setting; `fairvoice config` lists them")
        }
        let layers: [(String, [String: String])] = [
            ("flag", flags),
            (
                "environment",
                Dictionary(
                    uniqueKeysWithValues: Self.table.compactMap { entry in
                        environment[entry.variable].map { (entry.key, $0) }
                    })
            ),
            ("file", fromFile),
            (
                "default",
                Dictionary(
                    uniqueKeysWithValues: Self.table.compactMap { entry in
                        entry.fallback.map { (entry.key, $0) }
                    })
            ),
        ]
        reader = ConfigReader(
            providers: layers.map { name, values in
                InMemoryProvider(
                    name: name,
                    values: Dictionary(
                        uniqueKeysWithValues: values.map { key, value in
                            (AbsoluteConfigKey([key]), ConfigValue(.string(value), isSecret: false))
                        }))
            })
        var sources: [String: String] = [:]
        for (name, values) in layers.reversed() { for key in values.keys { sources[key] = name } }
        self.sources = sources
    }

    private static func text(_ value: JSON, of key: String, in file: String) throws -> String {
        switch value {
        case .string(let text): return text
        case .integer(let number): return "\(number)"
        case .number(let number): return "\(number)"
        case .bool(let truth): return "\(truth)"
        default: throw BadInput("--config: \(file): \(key) must be a text, a number or a boolean")
        }
    }

    subscript(name: String) -> String? {
        reader.string(forKey: ConfigKey([name.replacingOccurrences(of: "-", with: "_")]))
    }

    /// A whole number in a range; nil where the setting is not set.
    func integer(_ name: String, in range: ClosedRange<Int>) throws -> Int? {
        guard let text = self[name] else { return nil }
        guard let value = Int(text), range.contains(value) else {
            throw BadInput("--\(name) must be a whole number from \(range.lowerBound) to \(range.upperBound), not “\(text)”")
        }
        return value
    }

    /// A number in a range, with or without a fraction; nil where the setting is not set.
    func number(_ name: String, in range: ClosedRange<Double>) throws -> Double? {
        guard let text = self[name] else { return nil }
        guard let value = Double(text), range.contains(value) else {
            throw BadInput("--\(name) must be a number from \(range.lowerBound) to \(range.upperBound), not “\(text)”")
        }
        return value
    }

    /// The table with what is in force and where it comes from.
    var lines: [String] {
        Self.table.map { entry in
            let value = self[entry.name].map { entry.isSecret ? "(hidden)" : $0 } ?? "(not set)"
            return "\(entry.name)=\(value)  # \(sources[entry.key] ?? "unset"); \(entry.variable); \(entry.note)"
        }
    }
}

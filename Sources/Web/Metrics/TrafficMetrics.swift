import HTTP

/// What is counted of every exchange. Each of the server's loops counts for itself, by number; names are put to the numbers when
/// somebody reads them.
final class TrafficMetrics: Sendable {
    fileprivate struct Answers {
        let method: Int
        let status: Int
        var count = 0
    }

    /// How long answers took: one count for each bound and one beyond.
    fileprivate struct Durations {
        let method: Int
        var counts = [Int](repeating: 0, count: TrafficMetrics.bounds.count + 1)
        var sum = 0.0
    }

    /// Of one route; a method or a status is met again soon, so that a look through the few is enough.
    fileprivate struct Tally {
        var answers: [Answers] = []
        var durations: [Durations] = []
    }

    private struct State: Sendable {
        /// By the route's number, and one behind for requests of none.
        var tallies: [Tally]
        var bytesReceived: Int64 = 0
        var bytesSent: Int64 = 0
        var brokenCount = 0
    }

    /// Methods that are told apart; a client can invent others.
    private static let methods: [Method] = [.get, .head, .post, .put, .patch, .delete, .options]
    private static let methodNames = methods.map(\.rawValue) + ["other", "none"]
    fileprivate static let bounds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30]

    private let shards: Shards<State>
    private let templates: [String]
    private let requests: Counter
    private let seconds: Histogram
    private let bytesReceived: Counter
    private let bytesSent: Counter
    private let broken: Counter

    /// - Parameter templates: the routes' paths; a plan's label is the number of one.
    init(_ metrics: Metrics, templates: [String]) {
        self.templates = templates + ["none"]
        let tallyCount = templates.count + 1
        shards = Shards { State(tallies: Array(repeating: Tally(), count: tallyCount)) }
        requests = metrics.counter(
            "fairvoice_http_requests_total", "Answers given.", labels: ["method", "route", "status"])
        seconds = metrics.histogram(
            "fairvoice_http_request_duration_seconds", "From the last byte of a request's head to the last of its answer.",
            bounds: Self.bounds, labels: ["method", "route"])
        bytesReceived = metrics.counter("fairvoice_http_body_bytes_received_total", "Bytes of request bodies.")
        bytesSent = metrics.counter("fairvoice_http_body_bytes_sent_total", "Bytes of answers' bodies.")
        broken = metrics.counter("fairvoice_http_broken_answers_total", "Answers that could not be sent whole.")
        metrics.beforeReading { [weak self] in self?.collect() }
    }

    func record(_ exchange: ExchangeRecord) {
        let method =
            exchange.request.map { Self.methods.firstIndex(of: $0.method) ?? Self.methods.count } ?? Self.methods.count + 1
        shards.withLock(exchange.loop) { state in
            state.tallies[exchange.label ?? templates.count - 1].add(exchange, method)
            state.bytesReceived += exchange.bodyBytesReceived
            state.bytesSent += exchange.bodyBytesSent
            if !exchange.isComplete { state.brokenCount += 1 }
        }
    }

    /// Moves what the loops have counted to the metrics.
    private func collect() {
        shards.forEach { state in
            for (index, tally) in state.tallies.enumerated() where !tally.answers.isEmpty {
                for answers in tally.answers {
                    requests.add(
                        Double(answers.count), [Self.methodNames[answers.method], templates[index], String(answers.status)])
                }
                for durations in tally.durations {
                    seconds.add(durations.counts, sum: durations.sum, [Self.methodNames[durations.method], templates[index]])
                }
                state.tallies[index] = Tally()
            }
            bytesReceived.add(Double(state.bytesReceived))
            bytesSent.add(Double(state.bytesSent))
            if state.brokenCount > 0 { broken.add(Double(state.brokenCount)) }
            (state.bytesReceived, state.bytesSent, state.brokenCount) = (0, 0, 0)
        }
    }
}

extension TrafficMetrics.Tally {
    fileprivate mutating func add(_ exchange: ExchangeRecord, _ method: Int) {
        if let index = answers.firstIndex(where: { $0.status == exchange.status && $0.method == method }) {
            answers[index].count += 1
        } else {
            answers.append(.init(method: method, status: exchange.status, count: 1))
        }
        if let index = durations.firstIndex(where: { $0.method == method }) {
            durations[index].add(exchange.durationSeconds)
        } else {
            var new = TrafficMetrics.Durations(method: method)
            new.add(exchange.durationSeconds)
            durations.append(new)
        }
    }
}

extension TrafficMetrics.Durations {
    fileprivate mutating func add(_ value: Double) {
        counts[TrafficMetrics.bounds.firstIndex { value <= $0 } ?? TrafficMetrics.bounds.count] += 1
        sum += value
    }
}

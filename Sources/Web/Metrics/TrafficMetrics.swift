import HTTP

/// What is counted of every exchange.
struct TrafficMetrics: Sendable {
    private let requests: Counter
    private let seconds: Histogram
    private let bytesReceived: Counter
    private let bytesSent: Counter
    private let broken: Counter

    /// Methods that are told apart; a client can invent others.
    private static let methods: Set<Method> = [.get, .head, .post, .put, .patch, .delete, .options]

    init(_ metrics: Metrics) {
        requests = metrics.counter(
            "fairvoice_http_requests_total", "Answers given.", labels: ["method", "route", "status"])
        seconds = metrics.histogram(
            "fairvoice_http_request_duration_seconds", "From the first byte of a request to the last of its answer.",
            bounds: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30], labels: ["method", "route"])
        bytesReceived = metrics.counter("fairvoice_http_body_bytes_received_total", "Bytes of request bodies.")
        bytesSent = metrics.counter("fairvoice_http_body_bytes_sent_total", "Bytes of answers' bodies.")
        broken = metrics.counter("fairvoice_http_broken_answers_total", "Answers that could not be sent whole.")
    }

    func record(_ exchange: ExchangeRecord, template: String?) {
        let method = exchange.request.map { Self.methods.contains($0.method) ? $0.method.rawValue : "other" } ?? "none"
        let route = template ?? "none"
        requests.add(1, [method, route, String(exchange.status)])
        seconds.observe(exchange.durationSeconds, [method, route])
        bytesReceived.add(Double(exchange.bodyBytesReceived))
        bytesSent.add(Double(exchange.bodyBytesSent))
        if !exchange.isComplete { broken.add() }
    }
}

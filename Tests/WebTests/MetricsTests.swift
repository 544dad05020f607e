import HTTP
import JSON
import Testing
import Web

@Suite struct MetricsTests {
    @Test func `numbers are written as Prometheus reads them`() {
        let metrics = Metrics()
        let counter = metrics.counter("jobs_total", "Jobs done.", labels: ["kind"])
        counter.add(1, ["b"])
        counter.add(2.5, ["a\"\\\n"])
        counter.add(1, ["b"])
        metrics.gauge("free_bytes", "Room.") { [([], 12)] }
        let histogram = metrics.histogram("wait_seconds", "Waits.", bounds: [0.1, 1])
        for value in [0.1, 0.5, 7] { histogram.observe(value) }
        #expect(
            metrics.text() == """
                # HELP jobs_total Jobs done.
                # TYPE jobs_total counter
                jobs_total{kind="a\\"\\\\\\n"} 2.5
                jobs_total{kind="b"} 2
                # HELP free_bytes Room.
                # TYPE free_bytes gauge
                free_bytes 12
                # HELP wait_seconds Waits.
                # TYPE wait_seconds histogram
                wait_seconds_bucket{le="0.1"} 1
                wait_seconds_bucket{le="1"} 2
                wait_seconds_bucket{le="+Inf"} 3
                wait_seconds_sum 7.6
                wait_seconds_count 3

                """)
    }

    @Test func `exchanges are counted by template, not by path`() {
        let client = Notebook().client()
        for (loop, (method, target)) in [("GET", "/v1/notes/a"), ("GET", "/v1/notes/b"), ("BREW", "/v1/notes/b"), ("GET", "/x")]
            .enumerated()
        {
            let request = client.request(Method(rawValue: method), target)
            client.application.finished(
                ExchangeRecord(
                    request: request, id: request.id, peer: request.peer, label: client.application.plan(for: request).label,
                    loop: loop, status: 404,
                    bodyBytesReceived: 1, bodyBytesSent: 2, durationSeconds: 0.5, isComplete: true))
        }
        client.application.finished(
            ExchangeRecord(
                request: nil, id: "req-2", peer: "192.0.2.1", status: 400, bodyBytesReceived: 0, bodyBytesSent: 2,
                durationSeconds: 0,
                isComplete: false))
        _ = client.send(.get, "/metrics")
        // Read twice, so that what was counted is neither lost nor counted again.
        let text = client.send(.get, "/metrics").text
        #expect(text.contains(#"fairvoice_http_request_duration_seconds_bucket{method="GET",route="/v1/notes/{id}",le="0.5"} 2"#))
        #expect(text.contains(#"fairvoice_http_request_duration_seconds_sum{method="GET",route="/v1/notes/{id}"} 1"#))
        #expect(text.contains(#"fairvoice_http_requests_total{method="GET",route="/v1/notes/{id}",status="404"} 2"#))
        #expect(text.contains(#"fairvoice_http_requests_total{method="other",route="none",status="404"} 1"#))
        #expect(text.contains(#"fairvoice_http_requests_total{method="none",route="none",status="400"} 1"#))
        #expect(text.contains("fairvoice_http_body_bytes_sent_total 10"))
        #expect(text.contains("fairvoice_http_broken_answers_total 1"))
    }

    @Test func `readiness names what is wrong`() {
        let well = ReadinessCheck("database") { nil }
        let ill = ReadinessCheck("disk") { "below its mark" }
        #expect(Notebook().client(checks: [well]).send(.get, "/readyz").status == 200)
        let response = Notebook().client(checks: [well, ill]).send(.get, "/readyz")
        #expect(response.status == 503)
        #expect(response.json["checks"] == ["database": "ok", "disk": "below its mark"])
    }

    @Test(arguments: [
        ("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01", true),
        ("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-0", false),
        ("00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01", false),
        ("00-00000000000000000000000000000000-00f067aa0ba902b7-01", false),
        ("00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01", false),
        // Later versions may add to it (W3C Trace Context section 3.2.4).
        ("01-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01", true),
        ("cc-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-what-comes", true),
        ("cc-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01.what", false),
        ("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-what", false),
        ("ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01", false), ("", false),
    ])
    func `a trace is kept only when it is well formed`(text: String, isValid: Bool) {
        #expect((TraceParent(text) != nil) == isValid)
    }
}

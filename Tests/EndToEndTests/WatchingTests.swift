import Foundation
import Testing

/// What operators see of the real program, and what must not hurt it.
@Suite struct WatchingTests {
    @Test func `queues and connections are among the numbers`() async throws {
        let program = try Program()
        let text = String(decoding: try await Client(base: program.base).get("/metrics").body, as: UTF8.self)
        for name in [
            "fairvoice_http_connections", "fairvoice_http_calls_waiting", "fairvoice_http_threads_busy",
            "fairvoice_event_streams",
            "fairvoice_changes_waiting", "fairvoice_jobs_open",
        ] { #expect(text.contains("# TYPE \(name) gauge\n\(name) ")) }
        // The one that asks, and the thread that answers it.
        #expect(!text.contains("\nfairvoice_http_connections 0\n"))
        #expect(text.contains("\nfairvoice_http_threads_busy 1\n"))
    }

    @Test func `a reader of the access log that does not read stops nothing`() async throws {
        let pipe = FileManager.default.temporaryDirectory.appending(path: "fairvoice-log-\(UUID().uuidString)").path
        try #require(mkfifo(pipe, 0o600) == 0)
        let reader = open(pipe, O_RDONLY | O_NONBLOCK)
        defer {
            close(reader)
            unlink(pipe)
        }
        let program = try Program("--access-log", pipe)
        let client = Client(base: program.base)
        // Many times what the pipe holds.
        for _ in 0..<3000 { #expect(try await client.get("/livez").status == 200) }
        #expect(program.stop() == 0)
    }
}

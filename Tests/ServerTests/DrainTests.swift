import Dispatch
import HTTP
import Server
import Testing

/// What becomes of clients when the server ends.
@Suite(.serialized) struct DrainTests {
    // One loop: of several some may have ended when the first connection is refused.
    @Test func `a client that was just answered may send one more request`() throws {
        let recorder = Recorder()
        let plan: @Sendable (Request) -> Plan = { request in
            if request.path == "/last" { recorder.note("last") }
            return .answer(.text(request.path))
        }
        try withServer(configure: oneLoop, plan: plan) { server, port in
            let client = try Client(port: port)
            #expect(try client.exchange("GET", "/first").field("Connection") == nil)
            DispatchQueue.global().async { recorder.note("stopped \(server.stop(deadlineSeconds: 60))") }
            // Once nobody is taken any more, the server ends.
            #expect(Descriptors.eventually { (try? Client(port: port)) == nil })
            let reply = try client.exchange("GET", "/last")
            #expect(reply.text == "/last" && reply.field("Connection") == "close")
            #expect(client.seesEnd())
            #expect(recorder.wait(for: "stopped true"))
        }
    }

    @Test func `requests that came before the end are all answered`() throws {
        let recorder = Recorder()
        let gate = DispatchSemaphore(value: 0)
        let plan: @Sendable (Request) -> Plan = { request in
            .run {
                recorder.note("running \(request.path)")
                if request.path == "/0" { gate.wait() }
                return .text(request.path)
            }
        }
        try withServer(configure: oneLoop, plan: plan) { server, port in
            let client = try Client(port: port)
            let head = " HTTP/1.1\r\nHost: a\r\n\r\n"
            try client.send("GET /0\(head)GET /1\(head)GET /2\(head)")
            #expect(recorder.wait(for: "running /0"))
            DispatchQueue.global().async { recorder.note("stopped \(server.stop(deadlineSeconds: 60))") }
            #expect(Descriptors.eventually { (try? Client(port: port)) == nil })
            gate.signal()
            let replies = try (0..<3).map { _ in try client.reply() }
            #expect(replies.map(\.text) == ["/0", "/1", "/2"])
            #expect(replies.map { $0.field("Connection") } == [nil, nil, "close"])
            #expect(recorder.wait(for: "stopped true"))
        }
    }

    @Test func `an answer that promised to go on, and ends behind the server's end, is followed by one more`() throws {
        let recorder = Recorder()
        let gate = DispatchSemaphore(value: 0)
        let plan: @Sendable (Request) -> Plan = { request in
            guard request.path == "/long" else { return .answer(.text("next")) }
            return .answer(Response(status: 200, body: .sequence(GatedSequence(gate))))
        }
        try withServer(configure: oneLoop, plan: plan) { server, port in
            let client = try Client(port: port)
            try client.send("GET /long HTTP/1.1\r\nHost: a\r\n\r\n")
            let head = String(decoding: try client.take(through: "\r\n\r\n"), as: UTF8.self)
            #expect(!head.lowercased().contains("connection: close"))
            DispatchQueue.global().async { recorder.note("stopped \(server.stop(deadlineSeconds: 60))") }
            #expect(Descriptors.eventually { (try? Client(port: port)) == nil })
            gate.signal()
            _ = try client.take(through: "0\r\n\r\n")
            let reply = try client.exchange("GET", "/next")
            #expect(reply.text == "next" && reply.field("Connection") == "close")
            #expect(recorder.wait(for: "stopped true"))
        }
    }

    private let oneLoop: (inout ServerConfiguration) -> Void = {
        $0.loopCount = 1
        // Long, so that a busy machine does not make it short.
        $0.timeouts.drainIdleSeconds = 60
    }

    /// One piece once the gate opens, then the end.
    private final class GatedSequence: ContentSequence, @unchecked Sendable {  // Called by one thread at a time.
        private let gate: DispatchSemaphore
        private var isDone = false

        init(_ gate: DispatchSemaphore) { self.gate = gate }

        func next() throws -> [UInt8]? {
            if isDone { return nil }
            gate.wait()
            isDone = true
            return Array("piece".utf8)
        }
    }
}

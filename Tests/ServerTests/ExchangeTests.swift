import Dispatch
import HTTP
import Server
import Testing

@Suite(.serialized) struct ExchangeTests {
    private static let hello: @Sendable (Request) -> Plan = { .answer(.text("\($0.method) \($0.path)")) }

    @Test func `an answer carries date, length and the request's name`() throws {
        try withServer(plan: { .answer(.text($0.id)) }) { _, port in
            let client = try Client(port: port)
            let reply = try client.exchange("GET", "/")
            #expect(reply.status == 200)
            #expect(reply.field("Date")?.hasSuffix(" GMT") == true)
            #expect(reply.field("X-Request-Id") == reply.text)
            #expect(reply.text.count == 15)
            #expect(reply.field("Connection") == nil)
            #expect(try client.exchange("GET", "/").text != reply.text)
        }
    }

    @Test func `RFC 9112 section 9.3.2: pipelined answers keep their order`() throws {
        let plan: @Sendable (Request) -> Plan = { request in
            request.path.hasPrefix("/slow") ? .run { .text(request.path) } : .answer(.text(request.path))
        }
        try withServer(plan: plan) { _, port in
            let client = try Client(port: port)
            let paths = (0..<200).map { $0.isMultiple(of: 3) ? "/slow\($0)" : "/\($0)" }
            try client.send(paths.map { "GET \($0) HTTP/1.1\r\nHost: a\r\n\r\n" }.joined())
            for path in paths { #expect(try client.reply().text == path) }
        }
    }

    @Test func `a request in single bytes is read as one`() throws {
        try withServer(plan: Self.hello) { _, port in
            let client = try Client(port: port)
            for byte in Array("GET /a HTTP/1.1\r\nHost: a\r\n\r\nGET /b HTTP/1.1\r\nHost: a\r\n\r\n".utf8) {
                try client.send([byte])
            }
            #expect(try client.reply().text == "GET /a")
            #expect(try client.reply().text == "GET /b")
        }
    }

    @Test func `RFC 9110 section 9.3.2: HEAD has the head of GET and no body`() throws {
        try withServer(plan: Self.hello) { _, port in
            let client = try Client(port: port)
            let head = try client.exchange("HEAD", "/a")
            #expect(head.field("Content-Length") == "7")
            #expect(try client.exchange("GET", "/b").text == "GET /b")
        }
    }

    @Test func `RFC 9110 section 15.3.5: 204 has no length`() throws {
        try withServer(plan: { _ in .answer(Response(status: 204)) }) { _, port in
            let client = try Client(port: port)
            #expect(try client.exchange("GET", "/").field("Content-Length") == nil)
            #expect(try client.exchange("GET", "/").status == 204)
        }
    }

    @Test func `RFC 9112 section 9.6: close is said and done`() throws {
        try withServer(plan: Self.hello) { _, port in
            let client = try Client(port: port)
            #expect(try client.exchange("GET", "/", "Connection: close\r\n").field("Connection") == "close")
            #expect(client.seesEnd())
            let old = try Client(port: port)
            try old.send("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\nGET /b HTTP/1.0\r\n\r\n")
            #expect(try old.reply().field("Connection") == "keep-alive")
            #expect(try old.reply().text == "GET /b")
            #expect(old.seesEnd())
        }
    }

    @Test func `a client that has closed its half is still answered`() throws {
        try withServer(plan: { _ in .run { .text("late") } }) { _, port in
            let client = try Client(port: port)
            try client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n")
            client.finishSending()
            #expect(try client.reply().text == "late")
            #expect(try client.reply().text == "late")
            #expect(client.seesEnd())
        }
    }

    @Test func `a malformed head is answered, however much follows, and the connection ends`() throws {
        let recorder = Recorder()
        try withServer(recorder: recorder, plan: Self.hello) { _, port in
            let client = try Client(port: port)
            let rubbish = [UInt8](repeating: 0x41, count: 300_000)
            try client.send(Array("GET / HTTP/1.1\nHost: a\r\n\r\n".utf8) + rubbish)
            let reply = try client.reply()
            #expect(reply.status == 400)
            #expect(reply.field("Connection") == "close")
            #expect(client.seesEnd())
            #expect(recorder.wait(for: "finished 400"))
        }
    }

    @Test func `a body nobody wants is read when short, and ends the connection when long`() throws {
        try withServer(plan: Self.hello) { _, port in
            let client = try Client(port: port)
            #expect(try client.exchange("POST", "/a", "Content-Length: 5\r\n", body: "hello").text == "POST /a")
            let chunked = try client.exchange(
                "POST", "/b", "Transfer-Encoding: chunked\r\n", body: "5\r\nhello\r\n0\r\n\r\n")
            #expect(chunked.text == "POST /b")
            let last = chunked.field("Connection") == "close" ? try Client(port: port) : client
            let long = try last.exchange("POST", "/c", "Content-Length: 10000000\r\n", body: "x")
            #expect(long.field("Connection") == "close")
            #expect(last.seesEnd() || true)
        }
    }

    @Test func `conditions and ranges are applied to what the application answers`() throws {
        let plan: @Sendable (Request) -> Plan = { _ in
            .answer(Response(status: 200, fields: Fields(["ETag": "\"x\""]), body: .bytes(Array("0123456789".utf8))))
        }
        try withServer(plan: plan) { _, port in
            let client = try Client(port: port)
            #expect(try client.exchange("GET", "/", "If-None-Match: \"x\"\r\n").status == 304)
            let part = try client.exchange("GET", "/", "Range: bytes=2-4\r\n")
            #expect(part.status == 206)
            #expect(part.text == "234")
            #expect(try client.exchange("GET", "/", "Range: bytes=99-\r\n").field("Content-Range") == "bytes */10")
        }
    }

    @Test func `each exchange is reported once`() throws {
        let recorder = Recorder()
        try withServer(recorder: recorder, plan: Self.hello) { _, port in
            let client = try Client(port: port)
            for _ in 0..<5 { _ = try client.exchange("GET", "/") }
            #expect(recorder.wait(for: "finished 200", count: 5))
        }
        #expect(recorder.count("finished 200") == 5)
    }

    @Test func `a full pool is 503 with Retry-After`() throws {
        let gate = DispatchSemaphore(value: 0)
        let recorder = Recorder()
        let plan: @Sendable (Request) -> Plan = { _ in
            .run {
                recorder.note("running")
                gate.wait()
                return .text("ran")
            }
        }
        try withServer(configure: { ($0.workerCount, $0.waitingCallCountMax) = (1, 1) }, plan: plan) { _, port in
            let clients = try (0..<3).map { _ in try Client(port: port) }
            try clients[0].send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
            #expect(recorder.wait(for: "running"))
            // Of the two others one waits for the thread, and one is refused.
            for client in clients[1...] { try client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n") }
            let refused = try pollFirst(clients[1], clients[2]).reply()
            #expect(refused.status == 503)
            #expect(refused.field("Retry-After") == "1")
            gate.signal()
            gate.signal()
            #expect(try clients[0].reply().text == "ran")
        }
    }
}

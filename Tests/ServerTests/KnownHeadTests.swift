import HTTP
import Server
import Synchronization
import Testing

/// Heads that a loop has met before are answered without being read again.
@Suite(.serialized) struct KnownHeadTests {
    /// What the application was asked, by path.
    private final class Asked: Sendable {
        let paths = Mutex<[String]>([])

        func count(_ path: String) -> Int { paths.withLock { $0.count { $0 == path } } }
    }

    private static let answer = FixedResponse(
        Response(status: 200, fields: Fields(["ETag": "\"a\""]), body: .bytes(Array("hello".utf8))))
    private static let other = FixedResponse(Response(status: 200, body: .bytes(Array("other".utf8))))

    private static func plan(_ asked: Asked) -> @Sendable (Request) -> Plan {
        { request in
            asked.paths.withLock { $0.append(request.path) }
            return switch request.path {
            case "/fixed": Plan(.fixed(answer), label: 1)
            case "/other": Plan(.fixed(other), label: 2)
            default: .answer(.text("made for \(request.path)"))
            }
        }
    }

    private func onOneLoop(
        recorder: Recorder = Recorder(), _ body: (HTTPServer, UInt16, Asked) throws -> Void
    ) throws {
        let asked = Asked()
        try withServer(recorder: recorder, configure: { $0.loopCount = 1 }, plan: Self.plan(asked)) { server, port in
            try body(server, port, asked)
        }
    }

    @Test func `the same bytes are the same request, with a name of its own`() throws {
        try onOneLoop { _, port, asked in
            let client = try Client(port: port)
            let replies = try (0..<5).map { _ in try client.exchange("GET", "/fixed") }
            #expect(replies.allSatisfy { $0.status == 200 && $0.text == "hello" && $0.field("ETag") == "\"a\"" })
            #expect(Set(replies.compactMap { $0.field("X-Request-Id") }).count == 5)
            #expect(asked.count("/fixed") == 2)
            // Another connection of the loop, too.
            #expect(try Client(port: port).exchange("GET", "/fixed").text == "hello")
            #expect(asked.count("/fixed") == 2)
        }
    }

    @Test func `every record is of its own exchange`() throws {
        let recorder = Recorder()
        try onOneLoop(recorder: recorder) { _, port, _ in
            let client = try Client(port: port)
            var ids: [String] = []
            for _ in 0..<3 { ids.append(try #require(try client.exchange("GET", "/fixed").field("X-Request-Id"))) }
            for id in ids { #expect(recorder.wait(for: "id \(id)")) }
            #expect(recorder.wait(for: "finished 200", count: 3))
        }
    }

    @Test func `what differs in one byte is read`() throws {
        try onOneLoop { _, port, asked in
            let client = try Client(port: port)
            for _ in 0..<2 {
                for _ in 0..<3 { #expect(try client.exchange("GET", "/fixed").text == "hello") }
                #expect(try client.exchange("GET", "/fixes").text == "made for /fixes")
                #expect(try client.exchange("GET", "/other").text == "other")
                #expect(try client.exchange("HEAD", "/fixed").field("Content-Length") == "5")
                #expect(try client.exchange("GET", "/fixed", "If-None-Match: \"a\"\r\n").status == 304)
                #expect(try client.exchange("GET", "/fixed", "Range: bytes=1-2\r\n").text == "el")
                #expect(try client.exchange("GET", "/fixed", "Content-Length: 2\r\n", body: "xy").text == "hello")
            }
            #expect(asked.count("/fixes") == 2)
        }
    }

    @Test func `however the bytes are cut, the answers are the same`() throws {
        try onOneLoop { _, port, _ in
            let request = "GET /fixed HTTP/1.1\r\nHost: a\r\n\r\n"
            let all = Array((String(repeating: request, count: 3) + "GET /made HTTP/1.1\r\nHost: a\r\n\r\n" + request).utf8)
            for cut in stride(from: 1, to: all.count, by: 7) {
                let client = try Client(port: port)
                for _ in 0..<2 { #expect(try client.exchange("GET", "/fixed").text == "hello") }
                try client.send(Array(all[..<cut]))
                try client.send(Array(all[cut...]))
                let texts = try (0..<5).map { _ in try client.reply().text }
                #expect(texts == ["hello", "hello", "hello", "made for /made", "hello"], "cut at \(cut)")
            }
        }
    }

    @Test func `a client that asks for the end is not remembered for those that go on`() throws {
        try onOneLoop { _, port, _ in
            for _ in 0..<2 {
                let last = try Client(port: port)
                #expect(try last.exchange("GET", "/fixed", "Connection: close\r\n").field("Connection") == "close")
                #expect(last.seesEnd())
                let client = try Client(port: port)
                #expect(try client.exchange("GET", "/fixed").field("Connection") == nil)
                #expect(try client.exchange("GET", "/fixed").field("Connection") == nil)
            }
        }
    }

    @Test func `a proxy's clients are read one by one`() throws {
        let recorder = Recorder()
        let asked = Asked()
        try withServer(
            recorder: recorder,
            configure: {
                $0.loopCount = 1
                $0.forwarding = Forwarding(trusted: .loopback)
            }, plan: Self.plan(asked)
        ) { _, port in
            let client = try Client(port: port)
            for _ in 0..<3 { #expect(try client.exchange("GET", "/fixed", "Forwarded: for=192.0.2.7\r\n").text == "hello") }
            #expect(asked.count("/fixed") == 3)
            #expect(recorder.wait(for: "peer 192.0.2.7", count: 3))
        }
    }
}

import Foundation
import HTTP
import Server
import Testing

/// Two pieces of unknown length.
private final class Pieces: ContentSequence, @unchecked Sendable {  // One call at a time, by its contract.
    private var left = 2

    func next() throws -> [UInt8]? {
        left -= 1
        return left >= 0 ? Array("piece".utf8) : nil
    }
}

/// What RFC 9112 asks of answers and connections, over real sockets (docs/http-conformance.md).
@Suite(.serialized) struct RFC9112AnswerTests {
    private static func plan(_ recorder: Recorder) -> @Sendable (Request) -> Plan {
        { request in
            recorder.note("plan \(request.path)")
            switch request.path {
            case "/pieces": return .answer(Response(status: 200, body: .sequence(Pieces())))
            case "/204": return .answer(Response(status: 204, body: .sequence(Pieces())))
            case "/304": return .answer(Response(status: 304, body: .sequence(Pieces())))
            case "/close": return .answer(Response(status: 200, fields: Fields(["Connection": "close"]), body: .bytes([0x78])))
            case "/lies":
                let fields = Fields(["Transfer-Encoding": "chunked", "Content-Length": "9", "X": "a\r\nY: b\r c", "A b": "c"])
                return .answer(Response(status: 200, fields: fields, body: .bytes([0x78])))
            case "/up": return .receive(byteCountMax: 1 << 20, TestReceiver(recorder))
            default: return .answer(.text(request.path))
            }
        }
    }

    /// All that comes back for these bytes until the server ends the connection.
    private func whole(_ text: String, _ recorder: Recorder = Recorder()) throws -> String {
        var answer = ""
        try withServer(recorder: recorder, plan: Self.plan(recorder)) { _, port in
            let client = try Client(port: port)
            try client.send(text)
            answer = String(decoding: try client.rest(), as: UTF8.self)
        }
        return answer
    }

    private func count(_ part: String, in text: String) -> Int { text.components(separatedBy: part).count - 1 }

    @Test func `§2.2: no bare CR and no whitespace before the first field is ever sent`() throws {
        let answer = try whole("GET /lies HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
        #expect(answer.contains("\r\nX: a  Y: b  c\r\n"))
        #expect(!answer.replacingOccurrences(of: "\r\n", with: "").contains("\r"))
        #expect(!answer.contains("\r\n ") && !answer.contains("\r\n\t"))
    }

    @Test func `§5.2: no folded line is ever sent`() throws {
        try withServer(plan: { _ in .answer(Response(status: 200, fields: Fields(["X": "a\r\n b", "Y": "c\n\td"]))) }) {
            _, port in
            let head = try Client(port: port).exchange("GET", "/").head
            #expect(!head.contains("\r\n ") && !head.contains("\r\n\t"))
        }
    }

    @Test func `§6.1: chunked is applied once, and only the server says so`() throws {
        let answer = try whole("GET /lies HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
        #expect(!answer.lowercased().contains("transfer-encoding"))
        let pieces = try whole("GET /pieces HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
        #expect(count("Transfer-Encoding: chunked\r\n", in: pieces) == 1)
        #expect(pieces.hasSuffix("\r\n\r\n5\r\npiece\r\n5\r\npiece\r\n0\r\n\r\n"))
    }

    @Test(arguments: ["/204", "/304"]) func `§6.1: 204 and 304 have no Transfer-Encoding, no length and no body`(_ path: String)
        throws
    {
        let answer = try whole("GET \(path) HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
        #expect(!answer.contains("Transfer-Encoding") && !answer.contains("Content-Length"))
        #expect(answer.hasSuffix("\r\n\r\n") && count("\r\n\r\n", in: answer) == 1)
    }

    @Test func `§6.1: 100 has no Transfer-Encoding and no length`() throws {
        let head = "PUT /up HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nExpect: 100-continue\r\n\r\n"
        try withServer(plan: Self.plan(Recorder())) { _, port in
            let client = try Client(port: port)
            try client.send(head)
            #expect(try client.reply().head == "HTTP/1.1 100 Continue\r\n\r\n")
            try client.send("x")
            #expect(try client.reply().status == 201)
        }
    }

    @Test(arguments: ["", "Connection: keep-alive\r\n"])
    func `§6.1: HTTP/1.0 is never answered with Transfer-Encoding`(_ line: String) throws {
        let answer = try whole("GET /pieces HTTP/1.0\r\n\(line)\r\n")
        #expect(!answer.contains("Transfer-Encoding"))
        #expect(answer.hasSuffix("\r\n\r\npiecepiece"))
    }

    @Test func `§6.2: Content-Length and Transfer-Encoding never stand together`() throws {
        for path in ["/pieces", "/lies", "/x"] {
            let answer = try whole("GET \(path) HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
            #expect(count("Content-Length", in: answer) + count("Transfer-Encoding", in: answer) == 1)
        }
    }

    @Test func `§6.3: the answer to HEAD ends with its empty line`() throws {
        let answer = try whole(
            "HEAD /x HTTP/1.1\r\nHost: a\r\n\r\nHEAD /pieces HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
        #expect(count("HTTP/1.1 200 OK\r\n", in: answer) == 2 && count("\r\n\r\n", in: answer) == 2)
        #expect(answer.hasSuffix("\r\n\r\n"))
    }

    @Test(arguments: ["Content-Length: 9", "Transfer-Encoding: chunked"])
    func `§6.3, §8: a body that breaks off is incomplete: nothing is finished, and the connection closed`(_ line: String) throws {
        let recorder = Recorder()
        try withServer(recorder: recorder, plan: Self.plan(recorder)) { _, port in
            let client = try Client(port: port)
            try client.send("PUT /up HTTP/1.1\r\nHost: a\r\n\(line)\r\n\r\n5\r\nab")
            #expect(recorder.wait(for: "begin"))
            client.finishSending()
            #expect(client.seesEnd())
            #expect(recorder.wait(for: "cancel"))
        }
        #expect(recorder.count("finish") == 0)
    }

    @Test func `§9.3: a body nobody reads never becomes the next request`() throws {
        let inner = "GET /inner HTTP/1.1\r\nHost: a\r\n\r\n"
        for padding in [0, 2_000_000] {
            let recorder = Recorder()
            let body = inner + String(repeating: "x", count: padding)
            let head = "POST /x HTTP/1.1\r\nHost: a\r\nContent-Length: \(body.utf8.count)\r\nConnection: close\r\n\r\n"
            try withServer(recorder: recorder, plan: Self.plan(recorder)) { _, port in
                let client = try Client(port: port)
                // The server may end the connection before all of a long body is sent.
                try? client.send(head + body)
                #expect(try client.reply().status == 200)
            }
            #expect(recorder.count("plan /x") == 1 && recorder.count("plan /inner") == 0)
        }
    }

    @Test func `§9.3.2: answers come in the order of their requests, also when a later one is ready first`() throws {
        let answer = try whole(
            "PUT /up HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\n\r\nxGET /b HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
        let first = try #require(answer.range(of: "HTTP/1.1 201"))
        let second = try #require(answer.range(of: "HTTP/1.1 200"))
        #expect(first.lowerBound < second.lowerBound && answer.hasSuffix("/b"))
    }

    @Test(arguments: ["close", "Close", "keep-alive, close", "x, close, y"])
    func `§9.6: behind a request with close the connection ends, and no further request is read`(_ value: String) throws {
        let recorder = Recorder()
        let answer = try whole(
            "GET /a HTTP/1.1\r\nHost: a\r\nConnection: \(value)\r\n\r\nGET /b HTTP/1.1\r\nHost: a\r\n\r\n", recorder)
        #expect(count("HTTP/1.1 200", in: answer) == 1 && answer.contains("\r\nConnection: close\r\n"))
        #expect(recorder.count("plan /b") == 0)
    }

    @Test func `§9.6: behind an answer with close the connection ends, and no further request is read`() throws {
        let recorder = Recorder()
        let answer = try whole("GET /close HTTP/1.1\r\nHost: a\r\n\r\nGET /b HTTP/1.1\r\nHost: a\r\n\r\n", recorder)
        #expect(count("HTTP/1.1 200", in: answer) == 1 && count("Connection: close\r\n", in: answer) == 1)
        #expect(recorder.count("plan /b") == 0)
    }
}

import HTTP
import Server
import Testing

/// What RFC 9112 sections 2 to 8 ask of an origin server, over real sockets (docs/http-conformance.md).
@Suite(.serialized) struct RFC9112MessageTests {
    /// What the server did with bytes: the answer, whether the connection ended behind it, and what reached the application.
    private struct Outcome: Equatable {
        var status: Int
        var isClosed: Bool
        var requests: [String]

        /// Refused before anybody saw it, and the connection closed.
        static func refused(_ status: Int) -> Outcome { Outcome(status: status, isClosed: true, requests: []) }
    }

    /// Sends the bytes and, behind them, one more request, which only a connection that lives on will answer.
    private func outcome(_ bytes: [UInt8]) throws -> Outcome {
        let seen = Recorder()
        let plan: @Sendable (Request) -> Plan = { request in
            seen.note("\(request.method) \(request.path) \(request.fields["Host"] ?? "-")")
            return .receive(byteCountMax: 1 << 40, TestReceiver(Recorder()))
        }
        var outcome = Outcome(status: 0, isClosed: false, requests: [])
        try withServer(plan: plan) { _, port in
            let client = try Client(port: port)
            try client.send(bytes + Array("GET /next HTTP/1.1\r\nHost: n\r\n\r\n".utf8))
            outcome.status = try client.reply().status
            outcome.isClosed = (try? client.reply()) == nil
            outcome.requests = seen.all.filter { $0 != "GET /next n" }
        }
        return outcome
    }

    private func outcome(_ text: String) throws -> Outcome { try outcome(Array(text.utf8)) }

    private func answered(_ request: String) -> Outcome { Outcome(status: 201, isClosed: false, requests: [request]) }

    @Test func `§2.2: a message is octets, whatever text they would be`() throws {
        let head = Array("GET /a HTTP/1.1\r\nHost: a\r\nX: ".utf8) + [0xFF, 0xC3, 0x28, 0x80]
        #expect(try outcome(head + Array("\r\n\r\n".utf8)) == answered("GET /a a"))
    }

    @Test(arguments: [
        "GET /a\r HTTP/1.1\r\nHost: a\r\n\r\n", "GET /a HTTP/1.1\rHost: a\r\n\r\n",
        "GET /a HTTP/1.1\r\nHost: a\r\nX: b\rc\r\n\r\n",
        "GET /a HTTP/1.1\r\nHost: a\r\nX\r: b\r\n\r\n", "GET /a HTTP/1.1\r\nHost: a\r\n\r\r\n",
    ]) func `§2.2: a bare CR makes the message invalid`(_ text: String) throws {
        #expect(try outcome(text) == .refused(400))
    }

    @Test func `§2.2: an empty line before the request line is passed over`() throws {
        #expect(try outcome("\r\nGET /a HTTP/1.1\r\nHost: a\r\n\r\n") == answered("GET /a a"))
    }

    @Test(arguments: ["GET /a HTTP/1.1\r\n Host: a\r\n\r\n", "GET /a HTTP/1.1\r\n\tX: y\r\nHost: a\r\n\r\n"])
    func `§2.2: whitespace between the request line and the first field is refused`(_ text: String) throws {
        #expect(try outcome(text) == .refused(400))
    }

    @Test func `§2.3: the protocol's name is case-sensitive`() throws {
        #expect(try outcome("GET /a http/1.1\r\nHost: a\r\n\r\n") == .refused(400))
    }

    @Test func `§3: a target longer than the server parses gets 414`() throws {
        let target = "/" + String(repeating: "a", count: Limits().targetByteCountMax)
        #expect(try outcome("GET \(target) HTTP/1.1\r\nHost: a\r\n\r\n") == .refused(414))
    }

    @Test func `§3: a request line of 8,000 bytes is read`() throws {
        let path = "/" + String(repeating: "a", count: 8000 - "GET / HTTP/1.1".utf8.count)
        #expect(try outcome("GET \(path) HTTP/1.1\r\nHost: a\r\n\r\n") == answered("GET \(path) a"))
    }

    @Test func `§3.1: the method is case-sensitive`() throws {
        #expect(try outcome("get /a HTTP/1.1\r\nHost: a\r\n\r\n") == answered("get /a a"))
    }

    @Test(arguments: ["/a<b", "/{a}", "/a%zz", "/a%4", "/?a<b", "/?\"a\"", "/a#b", "/é", "http://a/a<b"])
    func `§3.2: an invalid request target gets 400`(_ target: String) throws {
        #expect(try outcome("GET \(target) HTTP/1.1\r\nHost: a\r\n\r\n") == .refused(400))
    }

    @Test func `§3.2: a request without Host gets 400`() throws {
        #expect(try outcome("GET /a HTTP/1.1\r\n\r\n") == .refused(400))
    }

    @Test(arguments: ["1.1", "1.0"]) func `§3.2: a request with two Hosts gets 400`(_ version: String) throws {
        #expect(try outcome("GET /a HTTP/\(version)\r\nHost: a\r\nHost: a\r\n\r\n") == .refused(400))
    }

    @Test(arguments: [
        "a b", "a/b", "u@a", "a:b", "[::1", "[:::::]", "[....]", "[1.2.3.4]", "[12345::]", "[1::2::3]", "[]", "a,b", "a%zz",
        "a:1:2",
    ])
    func `§3.2: an invalid Host gets 400`(_ host: String) throws {
        // "a,b" is a name by RFC 3986: sub-delims may stand in it.
        let expected = host == "a,b" ? answered("GET /a a,b") : .refused(400)
        #expect(try outcome("GET /a HTTP/1.1\r\nHost: \(host)\r\n\r\n") == expected)
    }

    @Test func `§3.2.2: the absolute form is accepted, and its host replaces Host`() throws {
        #expect(try outcome("GET http://b:81/a HTTP/1.1\r\nHost: a\r\n\r\n") == answered("GET /a b:81"))
    }

    @Test func `§4: the status line keeps its last space without a reason`() throws {
        try withServer(plan: { _ in .answer(Response(status: 299)) }) { _, port in
            let client = try Client(port: port)
            #expect(try client.exchange("GET", "/").head.hasPrefix("HTTP/1.1 299 \r\n"))
        }
    }

    @Test(arguments: ["X : y", "Host : a", "X\t: y", "Content-Length : 3"])
    func `§5.1: whitespace between a field's name and its colon gets 400`(_ line: String) throws {
        #expect(try outcome("GET /a HTTP/1.1\r\nHost: a\r\n\(line)\r\n\r\n") == .refused(400))
    }

    @Test func `§5.1: whitespace round a value is no part of it`() throws {
        #expect(try outcome("GET /a HTTP/1.1\r\nHost: \t a\t \r\n\r\n") == answered("GET /a a"))
    }

    @Test(arguments: [" b", "\tb", " "]) func `§5.2: a folded line gets 400`(_ fold: String) throws {
        #expect(try outcome("GET /a HTTP/1.1\r\nHost: a\r\nX: a\r\n\(fold)\r\n\r\n") == .refused(400))
    }

    @Test func `§6.1: Transfer-Encoding beside Content-Length is refused, and the connection closed`() throws {
        let text = "POST /a HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
        #expect(try outcome(text) == .refused(400))
    }

    @Test(arguments: ["", "Content-Length: 5\r\n", "Connection: keep-alive\r\n"])
    func `§6.1: Transfer-Encoding in HTTP/1.0 is faulty framing, and the connection closed`(_ lines: String) throws {
        let text = "POST /a HTTP/1.0\r\nHost: a\r\n\(lines)Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
        #expect(try outcome(text) == .refused(400))
    }

    @Test func `§6.1: a transfer coding that is not known gets 501`() throws {
        let text = "POST /a HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n"
        #expect(try outcome(text) == .refused(501))
    }

    @Test(arguments: ["gzip", "chunked, gzip", "identity", "xchunked", "chunked, chunked, x"])
    func `§6.3: a request whose last transfer coding is not chunked gets 400 and the connection closed`(_ value: String) throws {
        let text = "POST /a HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: \(value)\r\n\r\n0\r\n\r\n"
        #expect(try outcome(text) == .refused(400))
    }

    @Test(arguments: ["+3", "-1", "0x3", "3 3", "3, 4", "", "1e3", "３"])
    func `§6.3: an invalid Content-Length gets 400 and the connection closed`(_ value: String) throws {
        #expect(try outcome("POST /a HTTP/1.1\r\nHost: a\r\nContent-Length: \(value)\r\n\r\nabc") == .refused(400))
    }

    @Test func `§6.3: two Content-Lengths that differ get 400 and the connection closed`() throws {
        let text = "POST /a HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabc"
        #expect(try outcome(text) == .refused(400))
    }

    @Test func `§6.3: Content-Length is the length of the body, and the next request begins behind it`() throws {
        #expect(try outcome("POST /a HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc") == answered("POST /a a"))
    }

    @Test func `§6.3: a request without framing has no body`() throws {
        #expect(try outcome("POST /a HTTP/1.1\r\nHost: a\r\n\r\n") == answered("POST /a a"))
    }

    @Test func `§7: the name of a transfer coding has no case`() throws {
        let text = "POST /a HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: cHuNkEd\r\n\r\n3\r\nabc\r\n0\r\n\r\n"
        #expect(try outcome(text) == answered("POST /a a"))
    }

    @Test(arguments: ["10000000000000000", "FFFFFFFFFFFFFFFF", "8000000000000000", "0000000000000000000000001FFFFFFFFFFFFFFFF"])
    func `§7.1: a chunk size beyond the integers is refused, not wrapped round`(_ size: String) throws {
        let text = "POST /a HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n\(size)\r\nabc"
        let seen = try outcome(text)
        #expect(seen.status == 400 && seen.isClosed)
    }

    @Test func `§7.1.1: chunk extensions nobody knows are ignored`() throws {
        let body = "3;a;b=c ; d = \"e\\\"\"\r\nabc\r\n0;x=y\r\n\r\n"
        let text = "POST /a HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n" + body
        #expect(try outcome(text) == answered("POST /a a"))
    }

    @Test func `§7.1.2: trailers are read and never become header fields`() throws {
        let body = "3\r\nabc\r\n0\r\nHost: evil\r\nContent-Length: 99\r\nAuthorization: x\r\n\r\n"
        let text = "POST /a HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n" + body
        #expect(try outcome(text) == answered("POST /a a"))
    }
}

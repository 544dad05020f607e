import HTTP
import TestSupport
import Testing

/// The head that `text` holds, or the failure.
private func parse(_ text: String, limits: Limits = Limits()) throws(RequestFailure) -> RequestHead? {
    var parser = HeadParser(limits: limits)
    return try parser.parse(Array(text.utf8).span)
}

private func status(of text: String, limits: Limits = Limits()) -> Int {
    do {
        return try parse(text, limits: limits) == nil ? 0 : 200
    } catch {
        return error.status
    }
}

/// A request line, `Host` and these further lines.
private func request(_ lines: String, line: String = "GET / HTTP/1.1") -> String {
    "\(line)\r\nHost: a\r\n\(lines)\r\n"
}

struct Refusal: Sendable, CustomTestStringConvertible {
    let rule: String
    let status: Int
    let text: String
    var testDescription: String { rule }

    init(_ rule: String, _ status: Int, _ text: String) {
        self.rule = rule
        self.status = status
        self.text = text
    }
}

@Suite struct HeadParserTests {
    @Test func `a head gives method, target, path, query, fields and its length`() throws {
        let text =
            "POST /v1/a%20b?x=1&y=%32 HTTP/1.1\r\nHost: example.org:8080\r\nX-One:  two words \t\r\nContent-Length: 5\r\n\r\n"
        let head = try #require(try parse(text + "hello"))
        #expect(head.request.method == .post)
        #expect(head.request.target == "/v1/a%20b?x=1&y=%32")
        #expect(head.request.path == "/v1/a%20b")
        #expect(head.request.query == "x=1&y=%32")
        #expect(head.request.fields["host"] == "example.org:8080")
        #expect(head.request.fields["x-one"] == "two words")
        #expect(head.framing == .length(5))
        #expect(head.request.contentLength == 5)
        #expect(head.byteCount == text.utf8.count)
        #expect(head.keepsAlive)
    }

    static let refusals: [Refusal] = [
        // RFC 9112 section 2.2: lines end with CR LF.
        Refusal("bare LF behind the request line", 400, "GET / HTTP/1.1\nHost: a\r\n\r\n"),
        Refusal("bare LF behind a field", 400, "GET / HTTP/1.1\r\nHost: a\n\r\n"),
        Refusal("bare LF as the empty line", 400, "GET / HTTP/1.1\r\nHost: a\r\n\n"),
        Refusal("CR without LF in a value", 400, request("X: a\rb\r\n")),
        Refusal("CR without LF behind the request line", 400, "GET / HTTP/1.1\rHost: a\r\n\r\n"),
        Refusal("more than two empty lines in front", 400, "\r\n\r\n\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n"),
        Refusal("a blank in front", 400, " GET / HTTP/1.1\r\nHost: a\r\n\r\n"),
        // RFC 9112 section 3: the request line.
        Refusal("two spaces behind the method", 400, "GET  / HTTP/1.1\r\nHost: a\r\n\r\n"),
        Refusal("two spaces before the version", 400, "GET /  HTTP/1.1\r\nHost: a\r\n\r\n"),
        Refusal("a tab for a space", 400, "GET\t/ HTTP/1.1\r\nHost: a\r\n\r\n"),
        Refusal("a method that is no token", 400, "G(T / HTTP/1.1\r\nHost: a\r\n\r\n"),
        Refusal("a method longer than any", 501, String(repeating: "M", count: 40) + " / HTTP/1.1\r\nHost: a\r\n\r\n"),
        Refusal("no version (HTTP/0.9)", 400, "GET /\r\n"),
        Refusal("lower-case protocol", 400, "GET / http/1.1\r\nHost: a\r\n\r\n"),
        Refusal("a version of two digits", 400, "GET / HTTP/1.10\r\nHost: a\r\n\r\n"),
        Refusal("HTTP/2 preface", 505, "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"),
        Refusal("space behind the version", 400, "GET / HTTP/1.1 \r\nHost: a\r\n\r\n"),
        // RFC 9112 section 3.2: the target.
        Refusal("a fragment in the target", 400, "GET /#a HTTP/1.1\r\nHost: a\r\n\r\n"),
        Refusal("a control character in the target", 400, "GET /\u{01} HTTP/1.1\r\nHost: a\r\n\r\n"),
        Refusal("DEL in the target", 400, "GET /\u{7F} HTTP/1.1\r\nHost: a\r\n\r\n"),
        Refusal("beyond ASCII in the target", 400, "GET /é HTTP/1.1\r\nHost: a\r\n\r\n"),
        Refusal("< in the path", 400, "GET /a<b HTTP/1.1\r\nHost: a\r\n\r\n"),
        Refusal("quotation marks in the path", 400, "GET /\"a\" HTTP/1.1\r\nHost: a\r\n\r\n"),
        Refusal("braces in the path", 400, "GET /{a} HTTP/1.1\r\nHost: a\r\n\r\n"),
        Refusal("a backslash in the path", 400, "GET /a\\b HTTP/1.1\r\nHost: a\r\n\r\n"),
        Refusal("^ in the path", 400, "GET /a^b HTTP/1.1\r\nHost: a\r\n\r\n"),
        Refusal("a backtick in the path", 400, "GET /a`b HTTP/1.1\r\nHost: a\r\n\r\n"),
        Refusal("a percent sign without digits", 400, "GET /livez%zz HTTP/1.1\r\nHost: a\r\n\r\n"),
        Refusal("a percent sign with one digit", 400, "GET /livez%4 HTTP/1.1\r\nHost: a\r\n\r\n"),
        Refusal("a percent sign at the path's end", 400, "GET /livez%?a HTTP/1.1\r\nHost: a\r\n\r\n"),
        Refusal("> in the query", 400, "GET /?a>b HTTP/1.1\r\nHost: a\r\n\r\n"),
        Refusal("< in the query", 400, "GET /?a<b HTTP/1.1\r\nHost: a\r\n\r\n"),
        Refusal("quotation marks in the query", 400, "GET /?\"a\" HTTP/1.1\r\nHost: a\r\n\r\n"),
        Refusal("a bad path behind a host", 400, "GET http://a/<b HTTP/1.1\r\nHost: a\r\n\r\n"),
        Refusal("a bad query behind a host", 400, "GET http://a?<b HTTP/1.1\r\nHost: a\r\n\r\n"),
        Refusal("* for another method than OPTIONS", 400, "GET * HTTP/1.1\r\nHost: a\r\n\r\n"),
        Refusal("a target of no form", 400, "GET a/b HTTP/1.1\r\nHost: a\r\n\r\n"),
        Refusal("a target of another scheme", 400, "GET ftp://a/ HTTP/1.1\r\nHost: a\r\n\r\n"),
        Refusal("CONNECT", 501, "CONNECT a:443 HTTP/1.1\r\nHost: a\r\n\r\n"),
        Refusal("a target of more than 8 KiB", 414, "GET /" + String(repeating: "a", count: 8192) + " HTTP/1.1\r\n"),
        // RFC 9112 section 5: field lines.
        Refusal("a folded line (obs-fold)", 400, request("X: a\r\n b\r\n")),
        Refusal("a first line that is indented", 400, "GET / HTTP/1.1\r\n Host: a\r\n\r\n"),
        Refusal("a space before the colon", 400, request("X : a\r\n")),
        Refusal("no colon", 400, request("X\r\n")),
        Refusal("no name", 400, request(": a\r\n")),
        Refusal("a name that is no token", 400, request("X(y): a\r\n")),
        Refusal("NUL in a value", 400, request("X: a\0b\r\n")),
        Refusal("a control character in a value", 400, request("X: a\u{0B}b\r\n")),
        Refusal("DEL in a value", 400, request("X: a\u{7F}\r\n")),
        Refusal("more than 100 fields", 431, request((0..<100).map { "X\($0): a\r\n" }.joined())),
        Refusal("more than 64 KiB of head", 431, request("X: " + String(repeating: "a", count: 66_000) + "\r\n")),
        // RFC 9112 section 3.2: Host.
        Refusal("no Host", 400, "GET / HTTP/1.1\r\n\r\n"),
        Refusal("an empty Host", 400, "GET / HTTP/1.1\r\nHost:\r\n\r\n"),
        Refusal("two Hosts", 400, request("Host: a\r\n")),
        Refusal("a Host with a path", 400, "GET / HTTP/1.1\r\nHost: a/b\r\n\r\n"),
        Refusal("a Host with user information", 400, "GET / HTTP/1.1\r\nHost: u@a\r\n\r\n"),
        Refusal("a Host with a port that is no number", 400, "GET / HTTP/1.1\r\nHost: a:b\r\n\r\n"),
        Refusal("a Host with an open bracket", 400, "GET / HTTP/1.1\r\nHost: [::1\r\n\r\n"),
        Refusal("an absolute target without a host", 400, "GET http:///x HTTP/1.1\r\nHost: a\r\n\r\n"),
        // RFC 9112 section 6: framing.
        Refusal("Content-Length beside Transfer-Encoding", 400, request("Content-Length: 3\r\nTransfer-Encoding: chunked\r\n")),
        Refusal("Content-Length twice, equal", 400, request("Content-Length: 3\r\nContent-Length: 3\r\n")),
        Refusal("Content-Length twice in one field", 400, request("Content-Length: 3, 3\r\n")),
        Refusal("Content-Length with a sign", 400, request("Content-Length: +3\r\n")),
        Refusal("negative Content-Length", 400, request("Content-Length: -3\r\n")),
        Refusal("hexadecimal Content-Length", 400, request("Content-Length: 0x3\r\n")),
        Refusal("empty Content-Length", 400, request("Content-Length:\r\n")),
        Refusal("Content-Length beyond 64 bits", 413, request("Content-Length: 99999999999999999999\r\n")),
        Refusal("chunked is not last", 400, request("Transfer-Encoding: chunked, gzip\r\n")),
        Refusal("chunked twice", 400, request("Transfer-Encoding: chunked, chunked\r\n")),
        Refusal("chunked twice in two fields", 400, request("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n")),
        Refusal("no chunked at all", 400, request("Transfer-Encoding: gzip\r\n")),
        Refusal("identity", 400, request("Transfer-Encoding: identity\r\n")),
        Refusal("chunked with a parameter", 400, request("Transfer-Encoding: chunked;a=b\r\n")),
        Refusal("chunked in quotes", 400, request("Transfer-Encoding: \"chunked\"\r\n")),
        Refusal("chunked behind a vertical tab", 400, request("Transfer-Encoding: \u{0B}chunked\r\n")),
        Refusal("empty Transfer-Encoding", 400, request("Transfer-Encoding:\r\n")),
        Refusal("an unknown coding before chunked", 501, request("Transfer-Encoding: gzip, chunked\r\n")),
        Refusal("Transfer-Encoding in HTTP/1.0", 400, request("Transfer-Encoding: chunked\r\n", line: "GET / HTTP/1.0")),
        // RFC 9110 section 10.1.1.
        Refusal("an unknown expectation", 417, request("Expect: 200-ok\r\n")),
    ]

    /// RFC 3986 section 3, and what browsers leave as it is besides (WHATWG URL, percent-encode sets).
    @Test(arguments: [
        "/-._~!$&'()*+,;=:@/%2f%2F", "/a[1]|b", "/?-._~!$&'()*+,;=:@/?%20", "/?a={b}|c^d`e\\f[0]", "/?discount=100%",
    ]) func `what clients may send in a target is taken as it is`(_ target: String) throws {
        let head = try #require(try parse(request("", line: "GET \(target) HTTP/1.1")))
        let parts = target.split(separator: "?", maxSplits: 1)
        #expect(head.request.target == target)
        #expect(head.request.path == parts[0])
        #expect(head.request.query == parts.dropFirst().first.map(String.init))
        let absolute = try #require(try parse(request("", line: "GET http://b\(target) HTTP/1.1")))
        #expect(absolute.request.target == target)
        #expect(absolute.request.fields["Host"] == "b")
    }

    @Test(arguments: [("/{a}", "%7B"), ("/?a<b", "%3C"), ("/100%", "%25"), ("/a\\b", "%5C")])
    func `the refusal of a target names the fix`(_ target: String, _ fix: String) {
        let failure = #expect(throws: RequestFailure.self) { try parse(request("", line: "GET \(target) HTTP/1.1")) }
        #expect(failure?.status == 400 && failure?.detail.contains(fix) == true, "\(failure?.detail ?? "")")
    }

    @Test(arguments: refusals) func `what RFC 9112 forbids is refused`(_ refusal: Refusal) {
        #expect(status(of: refusal.text) == refusal.status)
    }

    @Test(arguments: [
        "\r\n\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET / HTTP/1.0\r\n\r\n",
        "OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: [2001:db8::1]:443\r\n\r\n",
        "GET / HTTP/1.9\r\nHost: a\r\n\r\n",
        "M-SEARCH /a?b=[c]|d HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a\r\nX:\r\nY: a\tb\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: , Chunked ,\r\n\r\n",
        "GET / HTTP/1.1\r\nhOST:a\r\n\r\n",
    ]) func `what RFC 9112 allows is read`(_ text: String) {
        #expect(status(of: text) == 200)
    }

    @Test func `RFC 9112 section 3.2.2: the absolute form overrides Host`() throws {
        let head = try #require(try parse("GET HTTP://b.org:81?q HTTP/1.1\r\nHost: a\r\n\r\n"))
        #expect(head.request.target == "/?q")
        #expect(head.request.path == "/")
        #expect(head.request.query == "q")
        #expect(head.request.fields["Host"] == "b.org:81")
    }

    @Test(arguments: [
        ("HTTP/1.1", "", true), ("HTTP/1.1", "Connection: close\r\n", false),
        ("HTTP/1.1", "Connection: x, Close\r\n", false), ("HTTP/1.0", "", false),
        ("HTTP/1.0", "Connection: keep-alive\r\n", true), ("HTTP/1.0", "Connection: keep-alive, close\r\n", false),
    ]) func `RFC 9112 section 9.3: who keeps the connection`(_ version: String, _ field: String, _ keeps: Bool) throws {
        #expect(try parse("GET / \(version)\r\nHost: a\r\n\(field)\r\n")?.keepsAlive == keeps)
    }

    @Test func `RFC 9110 section 10.1.1: 100-continue counts with a body and from HTTP/1.1 on`() throws {
        #expect(try parse(request("Expect: 100-Continue\r\nContent-Length: 1\r\n"))?.expectsContinue == true)
        #expect(try parse(request("Expect: 100-continue\r\n"))?.expectsContinue == false)
        let old = request("Expect: 100-continue\r\nContent-Length: 1\r\n", line: "PUT / HTTP/1.0")
        #expect(try parse(old)?.expectsContinue == false)
    }

    @Test func `values beyond UTF-8 keep every byte`() throws {
        var parser = HeadParser()
        let bytes = Array("GET / HTTP/1.1\r\nHost: a\r\nX: ".utf8) + [0xE9, 0xFF] + Array("\r\n\r\n".utf8)
        #expect(try parser.parse(bytes.span)?.request.fields["X"] == "éÿ")
    }

    @Test func `any split gives the same head or the same failure`() {
        var random = SeededRandom(seed: 1)
        let good = [
            request("X: y\r\nContent-Length: 12\r\n", line: "POST /a?b HTTP/1.1"), "\r\n" + request("Expect: 100-continue\r\n"),
        ]
        for text in good + Self.refusals.map(\.text) {
            let whole = outcome(text, pieces: [text.utf8.count])
            for _ in 0..<10 {
                var ends: [Int] = []
                var end = 0
                while end < text.utf8.count {
                    end = min(text.utf8.count, end + Int.random(in: 1...max(1, text.utf8.count / 4), using: &random))
                    ends.append(end)
                }
                #expect(outcome(text, pieces: ends) == whole, "\(text.prefix(80))")
            }
        }
    }

    private func outcome(_ text: String, pieces ends: [Int]) -> String {
        var parser = HeadParser()
        let bytes = Array(text.utf8)
        do {
            for end in ends {
                if let head = try parser.parse(bytes.span.extracting(0..<end)) { return "\(head)" }
            }
            return "incomplete"
        } catch {
            return "\(error)"
        }
    }

    @Test func `random bytes never bring the parser down`() {
        var random = SeededRandom(seed: 2)
        let seed = Array(request("Transfer-Encoding: chunked\r\nX: y\r\n").utf8)
        for _ in 0..<3000 {
            var bytes = seed
            for _ in 0..<Int.random(in: 1...4, using: &random) {
                bytes[Int.random(in: 0..<bytes.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
            }
            var parser = HeadParser()
            _ = try? parser.parse(bytes.span)
        }
    }
}

import HTTP
import TestSupport
import Testing

/// What a form brought, with the pieces of each part joined.
private func parse(_ text: String, ends: [Int]? = nil, limits: MultipartLimits = MultipartLimits()) throws -> [String] {
    let type = MediaType(parsing: "multipart/form-data; boundary=AaB")
    var parser = try #require(MultipartParser(contentType: type, limits: limits))
    let bytes = Array(text.utf8)
    var lines: [String] = []
    var start = 0
    for end in ends ?? [bytes.count] {
        for event in try parser.parse(Array(bytes[start..<end])) {
            switch event {
            case .partBegan(let part):
                lines.append("part \(part.name) \(part.filename ?? "-") \(part.contentType?.essence ?? "-"):")
            case .partBytes(let bytes): lines[lines.count - 1] += String(decoding: bytes, as: UTF8.self)
            case .partEnded: lines[lines.count - 1] += "."
            case .end: lines.append("end")
            }
        }
        start = end
    }
    if parser.isComplete != (lines.last == "end") { Issue.record("isComplete is wrong") }
    return lines
}

private let form =
    "--AaB\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\none\r\n--AaB \t\r\n"
    + "content-disposition: form-data; name=\"b%22\"; filename=\"C:\\x.wav\"\r\nContent-Type: audio/wav\r\n\r\n"
    + "\r\n--Aa\r\r\n--AaC\r\n\r\n--AaB\r\nContent-Disposition: form-data; name=e\r\n\r\n\r\n--AaB--\r\nepilogue"

private let parsed = [
    "part a - -:one.", "part b\" C:\\x.wav audio/wav:\r\n--Aa\r\r\n--AaC\r\n.", "part e - -:.", "end",
]

@Suite struct MultipartParserTests {
    @Test func `a form gives its parts`() throws {
        #expect(try parse(form) == parsed)
        #expect(try parse("preamble\r\n" + form) == parsed)
        #expect(try parse("--AaB--\r\n") == ["end"])
    }

    @Test func `any split gives the same parts`() throws {
        var random = SeededRandom(seed: 4)
        let count = form.utf8.count
        #expect(try parse(form, ends: Array(1...count)) == parsed)
        for _ in 0..<300 {
            let ends = (0..<Int.random(in: 1...6, using: &random)).map { _ in Int.random(in: 0...count, using: &random) }
            #expect(try parse(form, ends: ends.sorted() + [count]) == parsed)
        }
    }

    @Test(arguments: [
        ("no boundary at the begin", String(repeating: "x", count: 2000)),
        ("no disposition", "--AaB\r\nX: y\r\n\r\n"),
        ("two dispositions", "--AaB\r\nContent-Disposition: form-data; name=a\r\nContent-Disposition: form-data; name=b\r\n\r\n"),
        ("no name", "--AaB\r\nContent-Disposition: form-data\r\n\r\n"),
        ("two names", "--AaB\r\nContent-Disposition: form-data; name=a; name=b\r\n\r\n"),
        ("another disposition", "--AaB\r\nContent-Disposition: attachment; name=a\r\n\r\n"),
        ("broken type", "--AaB\r\nContent-Disposition: form-data; name=a\r\nContent-Type: x\r\n\r\n"),
        ("folded header", "--AaB\r\nContent-Disposition: form-data;\r\n name=a\r\n\r\n"),
        ("bare LF in headers", "--AaB\r\nContent-Disposition: form-data; name=a\n\r\n"),
        ("rubbish behind the boundary", "--AaBx\r\n"), ("one dash behind the boundary", "--AaB-x\r\n"),
        ("long padding", "--AaB" + String(repeating: " ", count: 100) + "\r\n"),
        ("long headers", "--AaB\r\nX: " + String(repeating: "x", count: 9000)),
    ]) func `a malformed form is refused`(_ rule: String, _ text: String) {
        #expect(throws: RequestFailure.self) { try parse(text) }
    }

    @Test func `too many parts are 413`() {
        var limits = MultipartLimits()
        limits.partCountMax = 2
        #expect(throws: RequestFailure.self) { try parse(form, limits: limits) }
    }

    @Test(arguments: [
        nil, "text/plain", "multipart/form-data", "multipart/form-data; boundary=\"a \"", "multipart/form-data; boundary=\"a*b\"",
        "multipart/form-data; boundary=" + String(repeating: "a", count: 71),
    ])
    func `another type is none`(_ text: String?) {
        #expect(MultipartParser(contentType: text.flatMap { MediaType(parsing: $0) }) == nil)
    }

    @Test func `a form cut off is not complete`() throws {
        #expect(try parse(String(form.prefix(60))).last != "end")
    }
}

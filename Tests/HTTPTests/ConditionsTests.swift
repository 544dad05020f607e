import HTTP
import Testing

@Suite struct ConditionsTests {
    private let modified = "Sun, 06 Nov 1994 08:49:37 GMT"

    private func answer(_ fields: KeyValuePairs<String, String>, method: HTTP.Method = .get, tag: String? = "\"a\"") -> Response {
        var response = Response(
            status: 200, fields: Fields(["Content-Type": "text/plain", "Last-Modified": modified, "Content-Digest": "x"]),
            body: .bytes(Array("0123456789".utf8)))
        response.fields["ETag"] = tag
        let request = Request(method: method, target: "/", path: "/", fields: Fields(fields))
        return response.applyingConditions(of: request)
    }

    @Test(
        arguments: [
            (["If-Match": "\"a\""], 200), (["If-Match": "*"], 200), (["If-Match": "\"b\", \"a\""], 200),
            (["If-Match": "\"b\""], 412), (["If-Match": "W/\"a\""], 412),
            (["If-None-Match": "\"a\""], 304), (["If-None-Match": "W/\"a\""], 304), (["If-None-Match": "*"], 304),
            (["If-None-Match": "\"b\",\"a\""], 304), (["If-None-Match": "\"b\""], 200),
            (["If-Unmodified-Since": "Sun, 06 Nov 1994 08:49:36 GMT"], 412),
            (["If-Unmodified-Since": "Sun, 06 Nov 1994 08:49:37 GMT"], 200),
            (["If-Modified-Since": "Sun, 06 Nov 1994 08:49:37 GMT"], 304),
            (["If-Modified-Since": "Sun, 06 Nov 1994 08:49:36 GMT"], 200),
            (["If-Modified-Since": "yesterday"], 200),
        ] as [([String: String], Int)])
    func `RFC 9110 section 13.2.2: conditions decide the status`(_ fields: [String: String], _ status: Int) {
        for (name, value) in fields { #expect(answer([name: value]).status == status) }
    }

    @Test func `an entity tag goes before a date (RFC 9110 sections 13.1.3 and 13.1.4)`() {
        #expect(answer(["If-None-Match": "\"b\"", "If-Modified-Since": modified]).status == 200)
        #expect(answer(["If-Match": "\"a\"", "If-Unmodified-Since": "Sun, 06 Nov 1994 08:49:36 GMT"]).status == 200)
    }

    @Test func `RFC 9110 section 15.4.5: 304 keeps the tag and drops what speaks of content`() {
        let response = answer(["If-None-Match": "\"a\""])
        #expect(response.fields["ETag"] == "\"a\"")
        #expect(response.fields["Content-Type"] == nil)
        guard case .empty = response.body else { return #expect(Bool(false)) }
    }

    @Test func `one range is 206 with Content-Range and without Content-Digest`() {
        let response = answer(["Range": "bytes=2-4"])
        #expect(response.status == 206)
        #expect(response.fields["Content-Range"] == "bytes 2-4/10")
        #expect(response.fields["Content-Digest"] == nil)
        guard case .bytes(let bytes) = response.body else { return #expect(Bool(false)) }
        #expect(bytes == Array("234".utf8))
    }

    @Test func `RFC 9110 section 15.5.17: an unsatisfiable range is 416 with the length`() {
        let response = answer(["Range": "bytes=10-"])
        #expect(response.status == 416)
        #expect(response.fields["Content-Range"] == "bytes */10")
    }

    @Test func `several ranges are the whole`() {
        let response = answer(["Range": "bytes=0-0,2-2"])
        #expect(response.status == 200)
        #expect(response.fields["Accept-Ranges"] == "bytes")
    }

    @Test func `RFC 9110 section 14.2: a range counts for GET alone`() {
        #expect(answer(["Range": "bytes=2-4"], method: .head).status == 200)
        #expect(answer(["Range": "bytes=2-4"], method: .post).fields["Accept-Ranges"] == nil)
    }

    @Test func `RFC 9110 section 14.2: what nothing names strongly is never cut`() {
        let request = Request(method: .get, target: "/", path: "/", fields: Fields(["Range": "bytes=2-4"]))
        let cases: [([String: String], Int)] = [
            ([:], 200), (["ETag": "W/\"a\""], 200), (["ETag": "\"a\""], 206), (["Last-Modified": modified], 206),
        ]
        for (fields, status) in cases {
            var response = Response(status: 200, body: .bytes(Array("0123456789".utf8)))
            for (name, value) in fields { response.fields[name] = value }
            let answer = response.applyingConditions(of: request)
            #expect(answer.status == status && (answer.fields["Accept-Ranges"] == nil) == (status == 200))
        }
    }

    @Test(arguments: [
        ("\"a\"", 206), ("\"b\"", 200), ("W/\"a\"", 200), ("Sun, 06 Nov 1994 08:49:37 GMT", 206),
        ("Sun, 06 Nov 1994 08:49:38 GMT", 200), ("nonsense", 200),
    ]) func `RFC 9110 section 13.1.5: If-Range`(_ value: String, _ status: Int) {
        #expect(answer(["Range": "bytes=2-4", "If-Range": value]).status == status)
    }

    @Test func `a part of a file and of content is only moved`() {
        let request = Request(method: .get, target: "/", path: "/", fields: Fields(["Range": "bytes=-4"]))
        let whole = Response(
            status: 200, fields: Fields(["ETag": "\"a\""]), body: .file(path: "/x", offset: 100, byteCount: 10))
        let file = whole.applyingConditions(of: request)
        guard case .file("/x", 106, 4) = file.body else { return #expect(Bool(false)) }
    }
}

import HTTP
import Testing

@Suite struct ContentCodingTests {
    @Test(arguments: [
        ("gzip", true), ("GZip", true), ("x-gzip", true), ("gzip, deflate, br", true), ("br, *", true), ("*;q=0.1", true),
        ("gzip;q=0.5, identity;q=0.5", true), ("gzip ; q=1.000", true), ("deflate,, gzip", true),
        ("identity;q=0, gzip;q=0.001", true),
        ("", false), ("br", false), ("identity", false), ("gzip;q=0", false), ("gzip;q=0.000, *", false), ("*;q=0", false),
        ("gzip;q=0.4, identity;q=0.5", false), ("identity;q=0", false),
        // Malformed: as if it were not there.
        ("gzip;q=2", false), ("gzip;q=1.001", false), ("gzip;q=0.1234", false), ("gzip;q=", false), ("gzip;level=9", false),
        ("gzip;q=0.5;q=1", false), ("gzip deflate", false), ("gzip, =", false),
    ]) func `a client has gzip where it likes it as much`(value: String, isGzip: Bool) {
        let request = Request(method: .get, target: "/", path: "/", fields: Fields(["Accept-Encoding": value]))
        #expect((ContentCoding(for: request) == .gzip) == isGzip)
    }

    @Test func `several fields are one list, and none is bytes as they are`() {
        let request = Request(
            method: .get, target: "/", path: "/", fields: Fields(["accept-encoding": "br", "Accept-Encoding": "gzip"]))
        #expect(ContentCoding(for: request) == .gzip)
        #expect(ContentCoding(for: Request(method: .get, target: "/", path: "/")) == .identity)
    }

    @Test func `other bytes have another tag, from which the first can be told`() {
        let tag = EntityTag("abc")
        #expect(tag.coded(.gzip).text == "\"abc-gzip\"" && tag.coded(.identity) == tag)
        #expect(tag.coded(.gzip).uncoded == tag && tag.uncoded == tag)
        #expect(!tag.coded(.gzip).matchesWeakly(tag))
    }
}

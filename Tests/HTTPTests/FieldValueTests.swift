import HTTP
import Testing

@Suite struct FieldValueTests {
    @Test func `RFC 9110 section 8.3.1: a media type with parameters`() throws {
        let type = try #require(MediaType(parsing: "Multipart/Form-Data ; Boundary=\"a b;\\\"c\" ; charset=UTF-8;"))
        #expect(type.essence == "multipart/form-data")
        #expect(type["boundary"] == "a b;\"c")
        #expect(type["charset"] == "UTF-8")
    }

    @Test(arguments: [
        "", "text", "text/", "/plain", "text/plain; a", "text/plain; a=", "text/plain a=b", "text/plain; a=\"b", "a/b;c=1;c=2",
    ])
    func `what is no media type is refused`(_ text: String) {
        #expect(MediaType(parsing: text) == nil)
    }

    @Test func `RFC 9530: digests are bytes by algorithm`() throws {
        let digest = try #require(ContentDigest(parsing: "sha-256=:AQID:;a=1;b=\"x\";c, sha-512=:/w==: ,\tsha-256=:BA==:"))
        #expect(digest.digests == ["sha-256": [4], "sha-512": [255]])
        #expect(ContentDigest.text(sha256: [1, 2, 3]) == "sha-256=:AQID:")
        #expect(try ContentDigest.read(of: Fields()) == nil)
        #expect(
            try ContentDigest.read(of: Fields(["Content-Digest": "a=:AQ==:", "content-digest": "b=:Ag==:"]))?.digests.count == 2)
    }

    @Test(arguments: [
        "sha-256", "sha-256=AQID", "sha-256=:AQID", "sha-256=:AQI:", "sha-256=:AR==:", "SHA-256=:AQID:", "a=:AQID:,",
        "a=:AQID: b=:AQID:", "a=:****:",
    ])
    func `RFC 8941 section 4.2: a malformed dictionary is refused whole`(_ text: String) {
        #expect(ContentDigest(parsing: text) == nil)
        #expect(throws: RequestFailure.self) { try ContentDigest.read(of: Fields(["Content-Digest": text])) }
    }

    @Test(arguments: [[], [0], [1, 2], [255, 254, 253], [0, 0, 0, 0]] as [[UInt8]])
    func `base 64 goes there and back`(_ bytes: [UInt8]) {
        #expect(Base64.decode(Base64.encode(bytes)) == bytes)
    }

    @Test func `RFC 6265 section 5.4: cookies in order, without quotes`() {
        let cookies = Cookies(parsing: "a=1; b=\"two\"; a=3; broken; c=x=y")
        #expect(cookies.all.map { "\($0.name)=\($0.value)" } == ["a=1", "b=two", "a=3", "c=x=y"])
        #expect(cookies["a"] == "1")
    }

    @Test(
        arguments: [
            (784_111_777, "Sun, 06 Nov 1994 08:49:37 GMT"), (0, "Thu, 01 Jan 1970 00:00:00 GMT"),
            (951_782_400, "Tue, 29 Feb 2000 00:00:00 GMT"), (4_102_444_799, "Thu, 31 Dec 2099 23:59:59 GMT"),
            (-1, "Wed, 31 Dec 1969 23:59:59 GMT"),
        ] as [(Int64, String)]) func `RFC 9110 section 5.6.7: dates go there and back`(_ seconds: Int64, _ text: String)
    {
        #expect(HTTPDate(secondsSince1970: seconds).text == text)
        #expect(HTTPDate(parsing: text)?.secondsSince1970 == seconds)
    }

    @Test(arguments: [
        "Sun, 06 Nov 1994 08:49:37 GMT", "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994",
    ]) func `RFC 9110 section 5.6.7: the obsolete forms say the same`(_ text: String) {
        #expect(HTTPDate(parsing: text)?.text == "Sun, 06 Nov 1994 08:49:37 GMT")
    }

    @Test func `two digits of a year are of the century that is near`() {
        #expect(HTTPDate(parsing: "Wednesday, 01-Jan-69 00:00:00 GMT")?.text == "Tue, 01 Jan 2069 00:00:00 GMT")
        #expect(HTTPDate(parsing: "Thursday, 01-Jan-70 00:00:00 GMT")?.secondsSince1970 == 0)
        #expect(HTTPDate(parsing: "Sun Nov 16 08:49:37 1994")?.text == "Wed, 16 Nov 1994 08:49:37 GMT")
    }

    @Test(arguments: [
        // The leap second would begin the year 10000, which has no text.
        "Fri, 31 Dec 9999 23:59:60 GMT", "Sat, 30 Feb 2024 00:00:00 GMT", "Wed, 29 Feb 2023 00:00:00 GMT",
        "Sun, 00 Jan 2023 00:00:00 GMT", "Sun Nov 6 08:49:37 1994", "Sun Nov  16 08:49:37 1994", "Sun, 06-Nov-94 08:49:37 GMT",
        "Sunday, 6-Nov-94 08:49:37 GMT", "Sunday, 06-Nov-1994 08:49:37 GMT", "Sunday, 31-Feb-94 08:49:37 GMT", "",
    ]) func `RFC 9110 section 5.6.7: a day that does not exist, or cannot be written, is no date`(_ text: String) {
        #expect(HTTPDate(parsing: text) == nil)
    }

    @Test func `an accent behind a separator does not hide it`() throws {
        #expect(Cookies(parsing: "a=\u{301}1;\u{301}b=2; c=3").all.map(\.name) == ["a", "c"])
        #expect(try QueryItems(parsing: "a=\u{301}1&\u{301}b=2").all.map(\.value) == ["\u{301}1", "2"])
        #expect(ByteRange("bytes=\u{301}1-2", of: 9) == .ignored)
        #expect(EntityTag(parsing: "W/\u{301}\"a\"") == nil)
        #expect(MediaType(parsing: "a/\u{301}b") == nil)
        #expect(HTTPDate(parsing: "Sun,\u{301} 06 Nov 1994 08:49:37 GM") == nil)
    }

    @Test func `RFC 9110 section 8.8.3: entity tags`() {
        #expect(EntityTag(parsing: "W/\"a\"") == EntityTag("a", isWeak: true))
        #expect(EntityTag(parsing: "\"\"")?.opaque == "")
        for text in ["a", "\"a", "w/\"a\"", "\"a b\"", "\"a\"b\"", ""] { #expect(EntityTag(parsing: text) == nil) }
        #expect(
            EntityTagCondition("If-Match", of: Fields(["If-Match": "\"a,b\" , W/\"c\\\",x,\"d\""]))
                == .tags([EntityTag("a,b"), EntityTag("c\\", isWeak: true), EntityTag("d")]))
    }
}

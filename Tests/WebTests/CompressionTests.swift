import HTTP
import Synchronization
import TestSupport
import Testing
import Web

@Suite struct CompressionTests {
    private let book = Notebook()
    private var client: Client { book.client(pages: [Asset(path: "Public/index.html", bytes: Self.page)]) }
    private static let page = Array(String(repeating: "<p>A voice.</p>", count: 200).utf8)

    private func fill(_ count: Int) {
        book.notes.withLock { notes in
            notes = (0..<count).map { ("not_01HZZZZZZZZZZZZZZZZZZZZZ\(10 + $0)", "a note") }
        }
    }

    @Test func `a page and the contract are compressed for those who ask`() throws {
        for path in ["/", "/openapi.json"] {
            let plain = client.send(.get, path)
            let gzip = client.with("Accept-Encoding", "br, gzip").send(.get, path)
            #expect(plain.fields["Content-Encoding"] == nil && plain.fields["Vary"] == "Accept-Encoding")
            #expect(gzip.fields["Content-Encoding"] == "gzip" && gzip.fields["Vary"] == "Accept-Encoding")
            #expect(gzip.fields["Content-Type"] == plain.fields["Content-Type"])
            #expect(Gunzip.expand(gzip.bytes) == plain.bytes)
            #expect(gzip.bytes.count < plain.bytes.count / 2)
            #expect(client.with("Accept-Encoding", "gzip;q=0").send(.get, path).bytes == plain.bytes)
        }
    }

    @Test func `each coding has its tag, and either is known again`() throws {
        let asking = client.with("Accept-Encoding", "gzip")
        let plain = try #require(client.send(.get, "/").fields["ETag"])
        let gzip = try #require(asking.send(.get, "/").fields["ETag"])
        #expect(plain != gzip)
        let known = asking.with("If-None-Match", gzip).send(.get, "/")
        #expect(known.status == 304 && known.fields["Vary"] == "Accept-Encoding" && known.fields["Content-Encoding"] == nil)
        #expect(asking.with("If-None-Match", plain).send(.get, "/").status == 200)
    }

    @Test func `a part is of the bytes as they are`() {
        let part = client.with("Accept-Encoding", "gzip").with("Range", "bytes=3-9").send(.get, "/")
        #expect(part.status == 206 && part.text == "A voice" && part.fields["Content-Encoding"] == nil)
    }

    @Test func `answers are compressed from a size on, and only what was read`() throws {
        let asking = client.bearing(Notebook.contributorKey).with("Accept-Encoding", "gzip")
        fill(2)
        let short = asking.send(.get, "/v1/notes")
        #expect(short.fields["Content-Encoding"] == nil && short.fields["Vary"] == nil)
        fill(80)
        let long = asking.send(.get, "/v1/notes?limit=80")
        #expect(long.fields["Content-Encoding"] == "gzip")
        #expect(Gunzip.expand(long.bytes) == client.bearing(Notebook.contributorKey).send(.get, "/v1/notes?limit=80").bytes)
        let refused = asking.send(.get, "/v1/notes?\(String(repeating: "unknown=1&", count: 100))")
        #expect(refused.status == 400 && refused.bytes.count > 1024 && refused.fields["Content-Encoding"] == nil)
    }

    @Test func `who changes what they saw compressed names the tag that they saw`() {
        let condition = EntityTagCondition("If-Match", of: Fields(["If-Match": "\"abc-gzip\""]))
        #expect(condition?.uncoded.matchesStrongly(EntityTag("abc")) == true)
        #expect(condition?.uncoded.matchesStrongly(EntityTag("abd")) == false)
    }
}

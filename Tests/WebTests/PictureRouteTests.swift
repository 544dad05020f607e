import Domain
import Foundation
import HTTP
import JSON
import Market
import Storage
import Testing

@Suite struct PictureRouteTests {
    let bazaar: Bazaar

    init() throws { bazaar = try Bazaar() }

    private func recorded(_ text: String) throws -> (id: String, key: NewKey) {
        let key = try bazaar.record(text: text).key
        let first = bazaar.send(.get, "/v1/recordings", as: key).json["data"]?.asArray?.first
        return (try #require(first?["id"]?.asString), key)
    }

    @Test func `a speaker sees the picture, drawn again only when it would be another`() throws {
        let (id, key) = try recorded("a voice")
        let path = "/v1/recordings/\(id)/picture"
        let picture = bazaar.send(.get, path, as: key)
        #expect(picture.status == 200 && picture.text == "<svg>\(id) a voice null</svg>")
        #expect(picture.fields["Content-Type"] == "image/svg+xml")
        // What is drawn may style itself, and nothing else.
        #expect(picture.fields["Content-Security-Policy"] == "default-src 'none'; style-src 'unsafe-inline'; img-src data:")
        let tag = try #require(picture.fields["ETag"])
        let (_, other) = try recorded("another")
        #expect(bazaar.send(.get, path, as: other).status == 404)
        // Without the file nothing can be drawn, so this answer was not drawn.
        try FileManager.default.removeItem(atPath: bazaar.blobs.path(of: sha256(of: id, key)))
        #expect(bazaar.send(.get, path, as: key, fields: [("If-None-Match", tag)]).status == 304)
        #expect(bazaar.send(.get, path, as: key, fields: [("If-None-Match", "\"other\"")]).status == 410)
    }

    @Test func `what can't be decoded has no picture`() throws {
        let (id, key) = try recorded("\(Bazaar.undecodable) of no format")
        #expect(bazaar.send(.get, "/v1/recordings/\(id)/picture", as: key).status == 409)
    }

    private func sha256(of id: String, _ key: NewKey) throws -> String {
        try #require(bazaar.send(.get, "/v1/recordings/\(id)", as: key).json["sha256"]?.asString)
    }
}

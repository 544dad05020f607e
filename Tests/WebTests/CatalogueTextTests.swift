import Domain
import HTTP
import JSON
import Market
import Testing

@testable import Web

@Suite struct CatalogueTextTests {
    private static let purposes: [Purpose] = [.emotionRecognition]

    private static func lines(_ response: Response) throws -> [JSON] {
        guard case .sequence(let text) = response.body else { return [] }
        var bytes: [UInt8] = []
        while let more = try text.next() { bytes += more }
        return try bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: true).map { try JSON.parse(Array($0)) }
    }

    @Test func `each line is an entry of the catalogue, and a download goes on behind the last one`() throws {
        let bazaar = try Bazaar()
        let key = try bazaar.signUpBuyer().key
        for index in 0..<5 { try bazaar.record(text: "audio \(index)", purposes: Self.purposes) }
        let response = bazaar.asking(key).send(.get, "/v1/catalogue/entries")
        #expect(response.status == 200 && response.fields["Content-Type"] == "application/x-ndjson")
        let entries = try Self.lines(response)
        let page = bazaar.send(.get, "/v1/catalogue?limit=200", as: key)
        #expect(entries.count == 5 && .array(entries) == page.json["data"])
        let third = try #require(entries[2]["recording"]?.asString)
        let rest = try Self.lines(bazaar.asking(key).send(.get, "/v1/catalogue/entries?after=\(third)"))
        #expect(rest == Array(entries[3...]))
        #expect(try Self.lines(bazaar.asking(key).send(.get, "/v1/catalogue/entries?language=fr")).isEmpty)
        #expect(bazaar.send(.get, "/v1/catalogue/entries?after=rec_1", as: key).status == 400)
        #expect(bazaar.send(.get, "/v1/catalogue/entries?limit=3", as: key).status == 400)
    }

    @Test func `what is withdrawn while the text is sent is not listed any more`() throws {
        let bazaar = try Bazaar()
        let buyer = try bazaar.signUpBuyer()
        let person = try bazaar.record(purposes: Self.purposes)
        guard case .sequence(let text) = bazaar.asking(buyer.key).send(.get, "/v1/catalogue/entries").body else {
            Issue.record("No text")
            return
        }
        let recordings = bazaar.send(.get, "/v1/recordings", as: person.key).json
        let id = try #require(recordings["data"]?.asArray?.first?["id"]?.asString)
        #expect(bazaar.send(.delete, "/v1/recordings/\(id)", as: person.key).status == 200)
        #expect(try text.next() == nil)
    }
}

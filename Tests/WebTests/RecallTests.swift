import HTTP
import JSON
import Market
import Storage
import Testing

@testable import Web

@Suite struct RecallTests {
    private let target = "/v1/estimate?language=de&emotion=anger&seconds=90"

    @Test func `an answer from memory is the answer that is read`() throws {
        let bazaar = try Bazaar()
        let read = bazaar.send(.get, target)
        let recalled = bazaar.send(.get, target)
        #expect(read.status == 200 && recalled.json == read.json)
        #expect(recalled.fields.all.map(\.name) == read.fields.all.map(\.name))
        // A new target is seen by the next question.
        bazaar.send(.post, "/v1/admin/targets", json: ["language": "de", "hours": 10])
        let after = bazaar.send(.get, target)
        #expect(after.json["per_finished_hour"] != read.json["per_finished_hour"])
        #expect(bazaar.send(.get, target).json == after.json)
    }

    @Test func `wrong parameters are refused from memory too`() throws {
        let bazaar = try Bazaar()
        bazaar.send(.get, target)
        for wrong in ["/v1/estimate", "/v1/estimate?language=de&emotion=joyish", "/v1/estimate?language=de&colour=red"] {
            #expect(bazaar.send(.get, wrong).status == 400)
        }
    }

    @Test func `what is answered from memory counts for its key, refusals too`() throws {
        let settings = LimitSettings(
            key: RateLimit("key", perSecond: 1, burst: 4), address: nil, failure: nil, exempt: AddressList())
        let bazaar = try Bazaar(limits: settings)
        #expect(try bazaar.market.store.buildCatalogueIndex())
        let key = try bazaar.signUpBuyer().key
        let catalogue = "/v1/catalogue?limit=1"
        let read = bazaar.send(.get, catalogue, as: key)
        let recalled = bazaar.send(.get, catalogue, as: key)
        #expect(read.json == recalled.json && recalled.fields["RateLimit"]?.hasPrefix(#""key";r=2"#) == true)
        #expect(bazaar.send(.get, catalogue + "&colour=red", as: key).status == 400)
        #expect(bazaar.send(.get, catalogue, as: key).status == 200)
        #expect(bazaar.send(.get, catalogue, as: key).status == 429)
        #expect(bazaar.send(.get, catalogue + "&colour=red", as: key).status == 429)
    }
}

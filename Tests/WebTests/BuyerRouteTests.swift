import Domain
import HTTP
import JSON
import Market
import Storage
import Testing
import Web

@Suite struct BuyerRouteTests {
    let bazaar: Bazaar

    init() throws { bazaar = try Bazaar() }

    /// A buyer's licence of everything there is.
    private func license(as key: NewKey, of buyer: Buyer) throws -> String {
        let deposit: JSON = ["buyer": .string(buyer.id.text), "amount": "5000", "reference": "x"]
        #expect(bazaar.send(.post, "/v1/admin/deposits", json: deposit).status == 201)
        let snapshot = try freeze(as: key)
        let request: JSON = [
            "snapshot": .string(snapshot), "model": "listener-1", "purpose": "emotion-recognition", "term": "1-year",
        ]
        let licence = bazaar.send(.post, "/v1/licences", json: request, as: key)
        #expect(licence.status == 201, "\(licence.text)")
        return try #require(licence.fields["Location"])
    }

    private func freeze(as key: NewKey) throws -> String {
        let dataSet = bazaar.send(.post, "/v1/datasets", json: ["name": "German", "query": ["language": "de"]], as: key)
        let place = try #require(dataSet.fields["Location"])
        let snapshot = bazaar.send(.post, place + "/snapshots", as: key)
        #expect(snapshot.status == 201)
        return try #require(snapshot.json["id"]?.asString)
    }

    @Test func `the catalogue hides counts of fewer than five people`() throws {
        let (_, key) = try bazaar.signUpBuyer()
        try bazaar.record()
        let few = bazaar.send(.get, "/v1/catalogue?facets=language,gender&language=de", as: key)
        let row = try #require(few.json["facets"]?["language"]?.asArray?.first)
        #expect(row["suppressed"] == true && row["recordings"] == .null)
        #expect(few.json["totals"]?["suppressed"] == true && few.json["totals"]?["hours"] == .null)
        #expect(few.json["prices"] == .null)
        for number in 0..<4 { try bazaar.record(text: "audio \(number)") }
        let many = bazaar.send(.get, "/v1/catalogue?facets=language&limit=2", as: key)
        #expect(many.json["facets"]?["language"]?.asArray?.first?["speakers"] == 5)
        #expect(many.json["totals"]?["speakers"] == 5 && many.json["prices"]?.asObject != nil)
        #expect(many.json["data"]?.asArray?.count == 2 && many.json["has_more"] == true)
    }

    @Test func `the catalogue names every bad filter`() throws {
        let (_, key) = try bazaar.signUpBuyer()
        let response = bazaar.send(.get, "/v1/catalogue?language=!&emotion=odd&colour=red", as: key)
        #expect(response.status == 400 && response.errors.count == 3)
        #expect(bazaar.send(.get, "/v1/catalogue?facets=colour", as: key).status == 400)
    }

    @Test func `a snapshot names what it lacks of the hours wanted`() throws {
        let (_, key) = try bazaar.signUpBuyer()
        try bazaar.record(seconds: 1800)
        for (language, emotion, hours) in [("de", "neutral", 2.0), ("de", "anger", 1), ("de", "", 0.5), ("en", "neutral", 3)] {
            var target: JSONObject = ["language": .string(language), "hours": .number(hours)]
            if !emotion.isEmpty { target["emotion"] = .string(emotion) }
            #expect(bazaar.send(.post, "/v1/admin/targets", json: .object(target)).status == 201)
        }
        let dataSet = bazaar.send(.post, "/v1/datasets", json: ["name": "German", "query": ["language": "de"]], as: key)
        let snapshot = bazaar.send(.post, try #require(dataSet.fields["Location"]) + "/snapshots", as: key)
        // The half hour of any German is there, and English was not asked for.
        let gaps = try #require(snapshot.json["gaps"]?.asArray)
        #expect(Set(gaps.map { "\($0["emotion"] ?? .null)" }) == [#""neutral""#, #""anger""#])
        #expect(gaps.first { $0["emotion"] == "neutral" }?["hours_in_snapshot"] == 0.5)
        #expect(gaps.first { $0["emotion"] == "anger" }?["hours_in_snapshot"]?.asNumber == 0)
    }

    @Test func `a snapshot stays as it was frozen`() throws {
        let (_, key) = try bazaar.signUpBuyer()
        try bazaar.record()
        let dataSet = bazaar.send(.post, "/v1/datasets", json: ["name": "All", "query": [:]], as: key)
        let place = try #require(dataSet.fields["Location"])
        #expect(bazaar.send(.get, place, as: key).json == dataSet.json)
        bazaar.send(.post, place + "/snapshots", as: key)
        try bazaar.record(text: "more")
        #expect(bazaar.send(.get, place + "/snapshots/1", as: key).json["recordings"] == 1)
        #expect(bazaar.send(.post, place + "/snapshots", as: key).json["recordings"] == 2)
        let page = bazaar.send(.get, place + "/snapshots/2?limit=1", as: key)
        #expect(page.json["data"]?.asArray?.count == 1 && page.json["has_more"] == true)
        #expect(bazaar.send(.get, place + "/snapshots/3", as: key).status == 404)
        #expect(bazaar.send(.get, "/v1/datasets", as: key).json["data"]?.asArray?.count == 1)
    }

    @Test func `nothing can be frozen from nothing`() throws {
        let (_, key) = try bazaar.signUpBuyer()
        let dataSet = bazaar.send(.post, "/v1/datasets", json: ["name": "All", "query": [:]], as: key)
        #expect(bazaar.send(.post, try #require(dataSet.fields["Location"]) + "/snapshots", as: key).status == 409)
        let wrong: JSON = ["name": "", "query": ["language": "!", "colour": 1]]
        #expect(bazaar.send(.post, "/v1/datasets", json: wrong, as: key).status == 422)
    }

    @Test func `a licence pays out its whole fee`() throws {
        let (buyer, key) = try bazaar.signUpBuyer()
        try bazaar.record()
        let licence = bazaar.send(.get, try license(as: key, of: buyer), as: key)
        let parts = try #require(licence.json["division"]?.asObject).map { $0.value["amount"]?.asString ?? "" }
        let fee = try #require(licence.json["fee"]?["amount"]?.asString)
        #expect(parts.compactMap(Decimal6.parse).reduce(0, +) == Decimal6.parse(fee))
        #expect(licence.json["contributors"] == 1)
        #expect(bazaar.send(.get, "/v1/licences", as: key).json["data"] == [licence.json])
    }

    @Test func `a licence needs funds, a grant and a use that is allowed`() throws {
        let (_, key) = try bazaar.signUpBuyer()
        try bazaar.record()
        let snapshot = try freeze(as: key)
        func ask(_ purpose: String, _ context: String) -> Response {
            let request: JSON = [
                "snapshot": .string(snapshot), "model": "m", "purpose": .string(purpose), "term": "1-year",
                "use_context": .string(context),
            ]
            return bazaar.send(.post, "/v1/licences", json: request, as: key)
        }
        #expect(ask("emotion-recognition", "general").status == 402)
        #expect(ask("emotion-recognition", "workplace").status == 403)
        #expect(ask("speech-synthesis", "general").status == 409)
    }

    @Test func `an export is the same bytes each time, whole or in parts`() throws {
        let (buyer, key) = try bazaar.signUpBuyer()
        try bazaar.record()
        let place = try license(as: key, of: buyer) + "/export"
        let whole = bazaar.send(.get, place, as: key)
        #expect(whole.fields["Content-Type"] == "application/x-tar")
        #expect(whole.fields["Repr-Digest"]?.hasPrefix("sha-256=:") == true)
        #expect(whole.fields["Content-Disposition"]?.hasPrefix("attachment") == true)
        let bytes = try whole.content()
        #expect(try bazaar.send(.get, place, as: key).content() == bytes)
        let part = bazaar.send(.get, place, as: key, fields: [("Range", "bytes=100-699")])
        #expect(part.status == 206)
        #expect(try part.content() == Array(bytes[100...699]))
        let tag = try #require(whole.fields["ETag"])
        #expect(bazaar.send(.get, place, as: key, fields: [("If-None-Match", tag)]).status == 304)
        #expect(bazaar.send(.get, place, as: key, fields: [("Range", "bytes=\(bytes.count)-")]).status == 416)
        #expect(bazaar.send(.get, place + "?format=zip", as: key).status == 400)
    }

    @Test func `another buyer's things are not there`() throws {
        let (buyer, key) = try bazaar.signUpBuyer()
        try bazaar.record()
        let licence = try license(as: key, of: buyer)
        let stranger = try bazaar.signUpBuyer("Other").key
        #expect(bazaar.send(.get, licence, as: stranger).status == 404)
        #expect(bazaar.send(.get, licence + "/export", as: stranger).status == 404)
        let id = try #require(
            bazaar.send(.get, "/v1/datasets", as: key).json["data"]?.asArray?.first?["id"]?.asString)
        #expect(bazaar.send(.get, "/v1/datasets/\(id)", as: stranger).status == 404)
        #expect(bazaar.send(.post, "/v1/datasets/\(id)/snapshots", as: stranger).status == 404)
        #expect(bazaar.send(.get, "/v1/datasets/\(id)/snapshots/1", as: stranger).status == 404)
    }
}

extension Response {
    /// The bytes of content that is made on demand.
    fileprivate func content() throws -> [UInt8] {
        guard case .content(let content, let offset, let byteCount) = body else { return bytes }
        var read: [UInt8] = []
        while Int64(read.count) < byteCount {
            read += try content.read(at: offset + Int64(read.count), count: Int(byteCount) - read.count)
        }
        return read
    }
}

import Domain
import HTTP
import JSON
import Market
import Storage
import Testing
import Web

@Suite struct ReviewRouteTests {
    let bazaar: Bazaar

    init() throws { bazaar = try Bazaar() }

    private static let heard: [(String, JSON)] = [
        ("usable", true), ("emotions", ["anger": 0.7, "fear": 0.3]), ("arousal", 7), ("valence", 2), ("dominance", 5),
    ]

    private func review(_ assignment: String) -> JSON {
        .object(JSONObject(members: [("assignment", .string(assignment))] + Self.heard.map { ($0.0, $0.1) }))
    }

    private func next(_ key: NewKey) -> Response { bazaar.send(.get, "/v1/reviews/next?language=de", as: key) }

    private func balance(_ key: NewKey) -> String? {
        bazaar.send(.get, "/v1/me/balance", as: key).json["available"]?["amount"]?.asString
    }

    @Test func `an item tells what a reviewer may see, and its audio is theirs while they hold it`() throws {
        let speaker = try bazaar.record(text: "somebody's voice")
        let reviewer = try bazaar.record(text: "another voice")
        let answer = next(reviewer.key)
        #expect(answer.status == 200, "\(answer.text)")
        #expect(
            !answer.text.contains(speaker.contributor.id.text) && !answer.text.contains("rec_")
                && !answer.text.contains("neutral"))
        #expect(next(reviewer.key).json == answer.json)
        let audio = try #require(answer.json["audio"]?.asString)
        #expect(bazaar.send(.get, audio, as: reviewer.key).status == 200)
        #expect(bazaar.send(.get, audio, as: reviewer.key, fields: [("Range", "bytes=0-3")]).status == 206)
        #expect(bazaar.send(.get, audio, as: speaker.key).status == 404)
        let id = try #require(answer.json["id"]?.asString)
        #expect(bazaar.send(.post, "/v1/reviews", json: review(id), as: reviewer.key).status == 201)
        #expect(bazaar.send(.get, audio, as: reviewer.key).status == 404)
        #expect(next(reviewer.key).status == 204)
        let list = bazaar.send(.get, "/v1/reviews", as: reviewer.key)
        #expect(list.json["data"]?.asArray?.count == 1 && !list.text.contains("rec_") && !list.text.contains("perception"))
    }

    @Test func `the same submission twice under one key has one effect and one answer`() throws {
        try bazaar.record(text: "a voice")
        let reviewer = try bazaar.record(text: "another")
        let id = try #require(next(reviewer.key).json["id"]?.asString)
        let before = try #require(balance(reviewer.key).flatMap(Decimal6.parse))
        let key = [("Idempotency-Key", "one")]
        let first = bazaar.send(.post, "/v1/reviews", json: review(id), as: reviewer.key, fields: key)
        let second = bazaar.send(.post, "/v1/reviews", json: review(id), as: reviewer.key, fields: key)
        #expect(first.status == 201 && second.bytes == first.bytes)
        #expect(bazaar.send(.post, "/v1/reviews", json: review(id), as: reviewer.key).status == 409)
        let pay = try #require(first.json["pay"]?["amount"]?.asString.flatMap(Decimal6.parse))
        #expect(balance(reviewer.key).flatMap(Decimal6.parse) == before + pay)
    }

    @Test func `the unqualified are told what is needed, and bad reviews everything that is wrong`() throws {
        try bazaar.record(text: "a voice")
        let newcomer = try bazaar.record(seconds: 10, text: "short")
        let refusal = next(newcomer.key)
        #expect(refusal.status == 403 && refusal.json["reason"] == "not-qualified" && refusal.text.contains("300"))
        let reviewer = try bazaar.record(text: "another")
        let id = try #require(next(reviewer.key).json["id"]?.asString)
        let bad: JSON = ["assignment": .string(id), "usable": true, "emotions": ["anger": 0.2]]
        let answer = bazaar.send(.post, "/v1/reviews", json: bad, as: reviewer.key)
        #expect(answer.status == 422 && answer.errors.count == 4, "\(answer.text)")
        let foreign = bazaar.send(.post, "/v1/reviews", json: review(id), as: newcomer.key)
        #expect(foreign.status == 422 && foreign.text.contains("none of your assignments"))
        #expect(bazaar.send(.delete, "/v1/reviews/assignments/\(id)", as: newcomer.key).status == 404)
        #expect(bazaar.send(.delete, "/v1/reviews/assignments/\(id)", as: reviewer.key).status == 204)
        #expect(bazaar.send(.post, "/v1/reviews", json: review(id), as: reviewer.key).status == 409)
        #expect(bazaar.send(.get, "/v1/reviews/next", as: reviewer.key).status == 400)
    }

    @Test func `what three hear is in the receipt and the catalogue, and reviewers get their part of a licence`() throws {
        let speaker = try bazaar.record(text: "a voice")
        var reviewers: [NewKey] = []
        for number in 0..<4 { reviewers.append(try bazaar.record(text: "reviewer \(number)").key) }
        for key in reviewers {
            while let id = next(key).json["id"]?.asString {
                #expect(bazaar.send(.post, "/v1/reviews", json: review(id), as: key).status == 201)
            }
        }
        let (buyer, key) = try bazaar.signUpBuyer()
        let own = bazaar.send(.get, "/v1/recordings", as: speaker.key).json["data"]?.asArray?.first
        #expect(own?["perceived_emotion"] == "anger" && own?["agreement"] == 1.0 && own?["review_count"] == 3)
        let id = try #require(own?["id"]?.asString)
        #expect(bazaar.send(.get, "/v1/recordings/\(id)", as: speaker.key).json["appeal"] == .null)
        func found(_ filter: String) -> Int? {
            bazaar.send(.get, "/v1/catalogue?\(filter)", as: key).json["data"]?.asArray?.count
        }
        let heard = try #require(found("perceived_emotion=anger&min_agreement=0.9&facets=perceived_emotion"))
        #expect(heard >= 1 && found("perceived_emotion=fear") == 0)
        let deposit: JSON = ["buyer": .string(buyer.id.text), "amount": "5000", "reference": "x"]
        #expect(bazaar.send(.post, "/v1/admin/deposits", json: deposit).status == 201)
        let query: JSON = ["name": "All", "query": ["language": "de", "min_agreement": 0.5]]
        let place = try #require(bazaar.send(.post, "/v1/datasets", json: query, as: key).fields["Location"])
        let snapshot = bazaar.send(.post, place + "/snapshots", as: key).json["id"] ?? .null
        let licence = bazaar.send(
            .post, "/v1/licences",
            json: ["snapshot": snapshot, "model": "m", "purpose": "emotion-recognition", "term": "1-year"], as: key)
        #expect(licence.status == 201, "\(licence.text)")
        #expect((licence.json["reviewers"]?.asInteger ?? 0) >= 3)
        let part = try #require(licence.json["division"]?["reviewers"]?["amount"]?.asString.flatMap(Decimal6.parse))
        let shares = (reviewers + [speaker.key]).compactMap { reviewer in
            bazaar.send(.get, "/v1/me/review-royalties", as: reviewer).json["data"]?.asArray?.first?["amount"]?["amount"]?
                .asString.flatMap(Decimal6.parse)
        }
        #expect(part > 0 && shares.reduce(0, +) == part)
    }

    @Test func `gold items and batches are the admins', and gold can't be told apart`() throws {
        let speaker = try bazaar.record(text: "a voice")
        let reviewer = try bazaar.record(text: "another")
        let id = try #require(bazaar.send(.get, "/v1/recordings", as: speaker.key).json["data"]?.asArray?.first?["id"])
        #expect(bazaar.send(.post, "/v1/admin/gold-items", json: ["recording": id]).status == 422)
        let gold = bazaar.send(.post, "/v1/admin/gold-items", json: ["recording": id, "emotion": "anger"])
        #expect(gold.status == 201)
        #expect(bazaar.send(.post, "/v1/admin/gold-items", json: ["recording": id, "emotion": .null]).status == 409)
        #expect(bazaar.send(.get, "/v1/admin/gold-items").json["data"] == [gold.json])
        // Only gold is left, and that is not handed out alone.
        #expect(next(reviewer.key).status == 204)
        let item = try #require(gold.json["id"]?.asString)
        #expect(bazaar.send(.delete, "/v1/admin/gold-items/\(item)").json["retired_at"] != .null)
        let assignment = try #require(next(reviewer.key).json["id"]?.asString)
        bazaar.send(.post, "/v1/reviews", json: review(assignment), as: reviewer.key)
        let batch = bazaar.send(.post, "/v1/admin/review-batches")
        #expect(batch.status == 201 && batch.json["languages"]?.asArray?.first?["reviews"] == 1, "\(batch.text)")
        #expect(bazaar.send(.get, "/v1/admin/review-batches").json["data"] == [batch.json])
        let actions = bazaar.send(.get, "/v1/admin/audit-log?limit=200").text
        #expect(["gold-item.marked", "gold-item.retired", "reviews.batched"].allSatisfy(actions.contains))
    }

    @Test func `an appeal is asked for, queued, granted and paid once`() throws {
        let speaker = try bazaar.record(text: "too loud", snrDecibels: 0)
        let own = bazaar.send(.get, "/v1/recordings", as: speaker.key).json["data"]?.asArray?.first
        let id = try #require(own?["id"]?.asString)
        #expect(own?["status"] == "rejected")
        let stranger = try bazaar.record(text: "other").key
        #expect(bazaar.send(.post, "/v1/recordings/\(id)/appeal", as: stranger).status == 404)
        let appeal = bazaar.send(.post, "/v1/recordings/\(id)/appeal", json: ["text": "Listen again"], as: speaker.key)
        #expect(appeal.status == 201 && appeal.json["status"] == "open", "\(appeal.text)")
        #expect(bazaar.send(.post, "/v1/recordings/\(id)/appeal", as: speaker.key).status == 409)
        #expect(bazaar.send(.get, "/v1/admin/appeals?status=open").json["data"] == [appeal.json])
        let decision = "/v1/admin/appeals/\(try #require(appeal.json["id"]?.asString))/decision"
        #expect(bazaar.send(.post, decision, json: ["granted": false]).status == 422)
        let key = [("Idempotency-Key", "grant")]
        let granted = bazaar.send(.post, decision, json: ["granted": true, "grade": "B"], fields: key)
        #expect(granted.status == 200 && granted.json["grade"] == "B", "\(granted.text)")
        #expect(bazaar.send(.post, decision, json: ["granted": true, "grade": "B"], fields: key).bytes == granted.bytes)
        #expect(bazaar.send(.post, decision, json: ["granted": true]).status == 409)
        let receipt = bazaar.send(.get, "/v1/recordings/\(id)", as: speaker.key).json
        #expect(receipt["status"] == "accepted" && receipt["appeal"]?["status"] == "granted")
        #expect(receipt["pay"]?["total"]?["amount"]?.asString == balance(speaker.key))
        #expect(receipt["checks"]?.asArray?.isEmpty == false)
    }
}

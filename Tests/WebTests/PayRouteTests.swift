import Domain
import HTTP
import JSON
import Market
import Storage
import Testing
import Web

@Suite struct PayRouteTests {
    let bazaar: Bazaar

    init() throws { bazaar = try Bazaar() }

    private func deposit(_ amount: String, for buyer: Buyer) {
        let body: JSON = ["buyer": .string(buyer.id.text), "amount": .string(amount), "reference": "x"]
        #expect(bazaar.send(.post, "/v1/admin/deposits", json: body).status == 201)
    }

    @Test func `a buyer funds a kind of speech, sees it in the price, and closes it`() throws {
        let (buyer, key) = try bazaar.signUpBuyer()
        deposit("100", for: buyer)
        let body: JSON = ["language": "de", "emotion": "anger", "amount": "40", "per_hour": "6.00"]
        let bounty = bazaar.send(.post, "/v1/bounties", json: body, as: key, fields: [("Idempotency-Key", "b")])
        #expect(bounty.status == 201 && bounty.json["held"]?["amount"] == "40.000000")
        #expect(bazaar.send(.post, "/v1/bounties", json: body, as: key, fields: [("Idempotency-Key", "b")]).json == bounty.json)
        #expect(bazaar.send(.get, "/v1/me/balance", as: key).json["prepaid"]?["amount"] == "60.000000")
        let price = bazaar.send(.get, "/v1/estimate?language=de&emotion=anger&elicitation=scripted&seconds=3600")
        let line = price.json["lines"]?.asArray?.first { $0["code"] == "bounty" }
        #expect(line?["figures"]?["adds_per_hour"] == "6.000000")
        // 24.00 × 1.15 and 6.00; the bounty's part has no premium for quality.
        #expect(price.json["per_finished_hour"]?["amount"] == "33.600000")
        #expect(price.json["total_by_grade"]?["A"]?["amount"] == "40.500000")
        #expect(
            bazaar.send(.get, "/v1/estimate?language=de&emotion=fear").json["lines"]?.asArray?.contains { $0["code"] == "bounty" }
                == false)
        let place = try #require(bounty.fields["Location"])
        #expect(bazaar.send(.get, place, as: key).json == bounty.json)
        #expect(bazaar.send(.get, "/v1/bounties", as: key).json["data"] == [bounty.json])
        let stranger = try bazaar.signUpBuyer("Other").key
        #expect(bazaar.send(.get, place, as: stranger).status == 404)
        #expect(bazaar.send(.post, place + "/closure", as: stranger).status == 404)
        let closed = bazaar.send(.post, place + "/closure", as: key)
        #expect(closed.json["status"] == "closed" && closed.json["held"]?["amount"] == "0.000000")
        #expect(bazaar.send(.post, place + "/closure", as: key).json == closed.json)
        #expect(bazaar.send(.get, "/v1/me/balance", as: key).json["prepaid"]?["amount"] == "100.000000")
    }

    @Test func `a bounty names every bad field, and needs funds`() throws {
        let (buyer, key) = try bazaar.signUpBuyer()
        #expect(
            bazaar.send(.post, "/v1/bounties", json: ["language": "!", "amount": "x", "colour": 1], as: key).errors.count == 3)
        #expect(bazaar.send(.post, "/v1/bounties", json: ["language": "de", "amount": "20"], as: key).status == 402)
        deposit("100", for: buyer)
        for body: JSON in [
            ["language": "de", "amount": "9.99"], ["language": "de", "amount": "-20"],
            ["language": "de", "amount": "20", "per_hour": "201"], ["language": "de", "amount": "20", "per_hour": "-1"],
        ] { #expect(bazaar.send(.post, "/v1/bounties", json: body, as: key).status == 422, "\(body)") }
    }

    @Test func `work is metered by the server, and the floor is run on demand`() throws {
        let (contributor, key) = try bazaar.record(seconds: 900)
        let started = bazaar.send(.post, "/v1/work-sessions", json: ["kind": "recording", "elicitation": "acted"], as: key)
        #expect(started.status == 201 && started.json["worked_seconds"] == .number(0))
        let place = try #require(started.fields["Location"])
        #expect(bazaar.send(.patch, place, json: [:], as: key).status == 200)
        let ended = bazaar.send(.patch, place, json: ["ended": true], as: key)
        #expect(ended.json["ended_at"] != .null)
        #expect(bazaar.send(.patch, place, json: ["ended": true], as: key).json == ended.json)
        #expect(bazaar.send(.patch, place, json: [:], as: key).status == 409)
        #expect(bazaar.send(.get, place, as: key).json == ended.json)
        #expect(bazaar.send(.get, "/v1/work-sessions", as: key).json["data"] == [ended.json])
        let stranger = try bazaar.record(text: "other").key
        #expect(bazaar.send(.get, place, as: stranger).status == 404)
        #expect(bazaar.send(.patch, place, json: [:], as: stranger).status == 404)
        #expect(bazaar.send(.post, "/v1/work-sessions", json: ["kind": "resting", "colour": 1], as: key).errors.count == 2)
        #expect(bazaar.send(.post, "/v1/admin/floor-runs", json: ["until": "2999-01-01T00:00:00Z"]).status == 422)

        // An hour of work a day ago, kept alive each minute.
        try bazaar.market.store.write { db in
            let start = Bazaar.start.adding(days: -1)
            let session = try bazaar.market.startWork(
                .recording, scenario: nil, elicitation: nil, by: contributor.id, at: start, in: db)
            for minute in 1...60 {
                _ = try bazaar.market.noteWork(
                    session.id, ending: minute == 60, by: contributor.id, at: start.adding(seconds: Int64(minute) * 60), in: db)
            }
        }
        let run = bazaar.send(.post, "/v1/admin/floor-runs", json: [:], fields: [("Idempotency-Key", "f")])
        // Nothing was accepted on that day, so that half an hour of it counts: at 15.00.
        #expect(run.status == 201 && run.json["total"]?["amount"] == "7.500000" && run.json["top_ups"] == 1)
        #expect(bazaar.send(.post, "/v1/admin/floor-runs", json: [:], fields: [("Idempotency-Key", "f")]).json == run.json)
        #expect(bazaar.send(.post, "/v1/admin/floor-runs", json: [:]).json["periods"] == 0)
        #expect(bazaar.send(.get, "/v1/admin/floor-runs").json["data"]?.asArray?.count == 2)
        let periods = try #require(bazaar.send(.get, "/v1/me/floor-periods", as: key).json["data"]?.asArray)
        #expect(periods.first?["top_up"]?["amount"] == "7.500000" && periods.first?["worked_minutes"] == .number(30))
        let statement = bazaar.send(.get, "/v1/me/statement", as: key)
        let line = statement.json["data"]?.asArray?.first { $0["kind"] == "floor-top-up" }
        #expect(line?["transaction"] == periods.first?["transaction"])
        #expect(
            line?["description"]
                == "Earnings lifted to the pay floor: 30.0 min worked, floor 7.500000, earned 0.000000 USD")
    }

    @Test func `a contributor sees tiers, figures and progress; only an admin with a reason sets one`() throws {
        let (contributor, key) = try bazaar.record(seconds: 1380)
        let me = bazaar.send(.get, "/v1/me", as: key)
        let progress = me.json["languages"]?.asArray?.first?["progress"]
        #expect(progress?["sentence"] == "7 more minutes of grade A or B to skilled." && progress?["missing_minutes"] == 7)
        #expect(progress?["figures"]?["grades"]?["A"]?["minutes"] == .number(23))
        // The tag that GET answers is the one that PATCH asks for.
        let tag = try #require(me.fields["ETag"])
        #expect(bazaar.send(.patch, "/v1/me", json: ["gender": "diverse"], as: key, fields: [("If-Match", tag)]).status == 200)
        let body: JSON = ["contributor": .string(contributor.id.text), "language": "de", "tier": "expert", "reason": "Examined"]
        #expect(bazaar.send(.post, "/v1/admin/tiers", json: body, as: key).status == 403)
        #expect(bazaar.send(.post, "/v1/admin/tiers", json: body).status == 201)
        #expect(bazaar.send(.post, "/v1/admin/tiers", json: body).status == 409)
        #expect(bazaar.send(.post, "/v1/admin/tiers", json: ["tier": "expert"]).errors.count == 3)
        let changes = bazaar.send(.get, "/v1/me/tier-changes", as: key).json["data"]
        #expect(changes?.asArray?.count == 1 && changes == bazaar.send(.get, "/v1/admin/tiers").json["data"])
        #expect(bazaar.send(.get, "/v1/me", as: key).json["languages"]?.asArray?.first?["tier"] == "expert")
        #expect(bazaar.send(.get, "/v1/admin/audit-log").text.contains("tier.set"))
    }

    @Test func `cards are listed, compared and tried`() throws {
        try bazaar.record(seconds: 900)
        let first = bazaar.send(.get, "/v1/rate-card").json
        var card = try #require(first["document"]?.asObject)
        card["base_per_hour"] = "12"
        let tried = bazaar.send(.post, "/v1/admin/rate-cards/simulation", json: .object(card))
        #expect(tried.status == 200 && tried.json["total"]?["recordings"] == 1)
        #expect(
            tried.json["total"]?["paid"]?["amount"] == "8.250000" && tried.json["total"]?["simulated"]?["amount"] == "4.125000")
        #expect(bazaar.send(.post, "/v1/admin/rate-cards", json: .object(card)).status == 201)
        #expect(bazaar.send(.get, "/v1/rate-cards").json["data"]?.asArray?.map { $0["number"] } == [2, 1])
        let changes: JSON = [["pointer": "/base_per_hour", "before": "24.000000", "after": "12.000000"]]
        #expect(bazaar.send(.get, "/v1/rate-cards/1/diff/2").json["changes"] == changes)
        #expect(bazaar.send(.get, "/v1/rate-cards/1/diff/3").status == 404)
        card["base_per_hour"] = "1000000"
        card["tiers"] = ["novice": "100", "skilled": "100", "expert": "100"]
        card["grades"] = ["A": "100", "B": "100", "C": "100", "rejected": "0"]
        let refused = bazaar.send(.post, "/v1/admin/rate-cards", json: .object(card))
        #expect(refused.status == 422 && refused.errors.first?.hasPrefix("body /base_per_hour") == true, "\(refused.text)")
    }

    @Test func `the board says until when a premium holds`() throws {
        #expect(bazaar.send(.post, "/v1/admin/targets", json: ["language": "de", "hours": 2]).status == 201)
        let gap = bazaar.send(.get, "/v1/scarcity").json["data"]?.asArray?.first
        #expect(gap?["premium"] == "2.5" && gap?["valid_until"] == .string(Bazaar.start.adding(days: 1).rfc3339))
        try bazaar.record(seconds: 1800)
        let later = bazaar.send(.get, "/v1/scarcity").json["data"]?.asArray?.first
        #expect(later?["premium"] == "2.5" && later?["hours_accepted"] == 0.5)
        #expect(later?["computed_from"]?["hours_accepted"] == .number(0))
    }
}

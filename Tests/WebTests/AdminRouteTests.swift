import Domain
import HTTP
import JSON
import Market
import Storage
import Testing
import Web

@Suite struct AdminRouteTests {
    let bazaar: Bazaar

    init() throws { bazaar = try Bazaar() }

    static let lists = [
        "scenarios", "rate-cards", "targets", "keys", "deposits", "payout-batches", "tax-remittances", "dormant-balances",
        "ledger/trial-balance", "ledger/transactions", "audit-log", "jobs", "models", "floor-runs", "tiers", "reanalyses",
        "resemblances", "quality-flags",
    ]

    @Test(arguments: lists) func `every list fits the contract and is for admins alone`(_ name: String) throws {
        let buyer = try bazaar.signUpBuyer()
        try bazaar.record()
        #expect(bazaar.send(.get, "/v1/admin/\(name)").status == 200)
        #expect(bazaar.send(.get, "/v1/admin/\(name)", as: buyer.key).status == 403)
    }

    @Test func `a second look is begun once, shown and cancelled`() throws {
        #expect(bazaar.send(.post, "/v1/admin/reanalyses").status == 409)
        let (_, key) = try bazaar.record()
        let begun = bazaar.send(.post, "/v1/admin/reanalyses")
        #expect(begun.status == 201 && begun.json["recording_count"] == 1 && begun.json["analyser"] == "test-2")
        #expect(bazaar.send(.post, "/v1/admin/reanalyses").status == 409)
        let id = try #require(begun.json["id"]?.asString)
        #expect(bazaar.send(.get, "/v1/admin/reanalyses/\(id)").json == begun.json)
        #expect(bazaar.send(.delete, "/v1/admin/reanalyses/\(id)").json["state"] == "cancelled")
        #expect(bazaar.send(.delete, "/v1/admin/reanalyses/\(id)").status == 409)
        #expect(bazaar.send(.get, "/v1/admin/reanalyses/ran_00000000000000000000000000").status == 404)
        let recording = try #require(bazaar.send(.get, "/v1/recordings", as: key).json["data"]?.asArray?.first)
        let receipt = bazaar.send(.get, "/v1/recordings/\(recording["id"]?.asString ?? "")", as: key)
        #expect(receipt.json["analyser"] == "test" && receipt.json["later_analyses"] == [])
    }

    @Test func `flagged recordings are listed page by page`() throws {
        let ids = try (0..<3).map { number in
            let (_, key) = try bazaar.record(text: "audio \(number)")
            let list = bazaar.send(.get, "/v1/recordings", as: key).json["data"]?.asArray
            return ID<Recording>(stored: try #require(list?.first?["id"]?.asString))
        }
        try bazaar.market.store.write { db in
            for earlier in ids.prefix(2) {
                try Resemblances.insert(
                    Resemblance(
                        recording: ids[2], earlier: earlier, bitErrorThousandths: 87, isForeign: true, foundAt: Bazaar.start),
                    in: db)
            }
        }
        let first = bazaar.send(.get, "/v1/admin/resemblances?limit=1")
        let row = try #require(first.json["data"]?.asArray?.first)
        #expect(row["recording"]?.asString == ids[2].text && row["bit_error"] == 0.087)
        let next = try #require(first.json["next_cursor"]?.asString)
        let second = bazaar.send(.get, "/v1/admin/resemblances?limit=1&cursor=\(next)")
        let other = try #require(second.json["data"]?.asArray?.first)
        #expect(Set([row["earlier"]?.asString, other["earlier"]?.asString]) == [ids[0].text, ids[1].text])
    }

    @Test func `what stands out is on the list of the admins and on the receipt, in the same words`() throws {
        let (_, key) = try bazaar.record()
        let list = bazaar.send(.get, "/v1/recordings", as: key).json["data"]?.asArray
        let id = ID<Recording>(stored: try #require(list?.first?["id"]?.asString))
        #expect(bazaar.send(.get, "/v1/recordings/\(id)", as: key).json["flags"] == [])
        try bazaar.market.store.write { db in
            for flag in [QualityFlag.rateNotReal, .truncatedData] {
                try QualityFlags.insert(flag, of: id, at: Bazaar.start, in: db)
            }
        }
        let first = bazaar.send(.get, "/v1/admin/quality-flags?limit=1")
        let row = try #require(first.json["data"]?.asArray?.first)
        #expect(row["recording"]?.asString == id.text && row["code"] == "truncated-data")
        #expect(row["sentence"]?.asString == QualityFlag.truncatedData.sentence)
        let next = try #require(first.json["next_cursor"]?.asString)
        let second = bazaar.send(.get, "/v1/admin/quality-flags?limit=1&cursor=\(next)")
        #expect(second.json["data"]?.asArray?.first?["code"] == "rate-not-real")
    }

    @Test func `a deposit is entered once for one idempotency key`() throws {
        let (buyer, key) = try bazaar.signUpBuyer()
        let body: JSON = ["buyer": .string(buyer.id.text), "amount": "1000.00", "reference": "INV-1"]
        let first = bazaar.send(.post, "/v1/admin/deposits", json: body, fields: [("Idempotency-Key", "a")])
        #expect(first.status == 201)
        #expect(first.json["amount"] == ["amount": "1000.000000", "currency": "USD"])
        let again = bazaar.send(.post, "/v1/admin/deposits", json: body, fields: [("Idempotency-Key", "a")])
        #expect(again.json == first.json)
        #expect(bazaar.send(.get, "/v1/me/balance", as: key).json["prepaid"]?["amount"] == "1000.000000")
        var other = try #require(body.asObject)
        other["amount"] = "1.00"
        let reused = bazaar.send(.post, "/v1/admin/deposits", json: .object(other), fields: [("Idempotency-Key", "a")])
        #expect(reused.problem == "idempotency-key-reused")
    }

    @Test(arguments: ["0", "-5", "0.0000001", "1000000000", "8999999999999"])
    func `a deposit is positive and bounded`(_ amount: String) throws {
        let (buyer, _) = try bazaar.signUpBuyer()
        let body: JSON = ["buyer": .string(buyer.id.text), "amount": .string(amount), "reference": "x"]
        let response = bazaar.send(.post, "/v1/admin/deposits", json: body)
        #expect(response.status == 422)
        #expect(response.errors.count == 1 && response.errors[0].hasPrefix("body /amount"))
    }

    @Test func `a deposit names every bad field at once`() throws {
        let body: JSON = ["buyer": "con_1", "amount": "0", "reference": "", "currency": "EUR"]
        #expect(bazaar.send(.post, "/v1/admin/deposits", json: body).errors.count == 4)
    }

    @Test(arguments: ["audit-log", "ledger/transactions", "rate-cards"])
    func `a cursor of another list is unknown`(_ name: String) throws {
        let response = bazaar.send(.get, "/v1/admin/\(name)?cursor=\(Cursor("abc").text)")
        #expect(response.problem == "unknown-cursor")
    }

    @Test func `nobody's deposit is refused`() throws {
        let body: JSON = ["buyer": "buy_01HZZZZZZZZZZZZZZZZZZZZZZZ", "amount": "1", "reference": "x"]
        #expect(bazaar.send(.post, "/v1/admin/deposits", json: body).errors == ["body /buyer is no buyer"])
    }

    @Test func `targets are paged`() throws {
        for tag in ["de", "fr", "it"] {
            let body: JSON = ["language": .string(tag), "hours": 1.5]
            #expect(bazaar.send(.post, "/v1/admin/targets", json: body).json["hours"] == 1.5)
        }
        let first = bazaar.send(.get, "/v1/admin/targets?limit=2")
        #expect(first.json["data"]?.asArray?.count == 2)
        let cursor = try #require(first.json["next_cursor"]?.asString)
        let second = bazaar.send(.get, "/v1/admin/targets?limit=2&cursor=\(cursor)")
        #expect(second.json["data"]?.asArray?.compactMap { $0["language"]?.asString } == ["it"])
        #expect(second.json["has_more"] == false)
    }

    @Test func `a scenario names every bad field at once`() throws {
        let response = bazaar.send(.post, "/v1/admin/scenarios", json: ["title": "", "language": "!", "mood": 1])
        let pointers = Set(response.errors.map { $0.split(separator: " ")[1].trimmingSuffix(":") })
        #expect(
            pointers == ["/title", "/prompt", "/language", "/register", "/setting", "/elicitation", "/emotion", "/mood"])
        let draft: JSON = [
            "title": "Late train", "prompt": "Complain.", "language": "de", "register": "stranger", "setting": "quiet",
            "elicitation": "acted", "emotion": "anger",
        ]
        #expect(bazaar.send(.post, "/v1/admin/scenarios", json: draft).status == 201)
    }

    @Test func `a rate card is published under the next number`() throws {
        let current = bazaar.send(.get, "/v1/rate-card")
        let document = try #require(current.json["document"])
        let number = try #require(current.json["number"]?.asInteger)
        let published = bazaar.send(.post, "/v1/admin/rate-cards", json: document)
        #expect(published.json["number"]?.asInteger == number + 1)
        #expect(bazaar.send(.post, "/v1/admin/rate-cards", json: [:]).status == 422)
    }

    @Test func `a revoked key opens nothing`() throws {
        let body: JSON = ["role": "admin", "owner": .string(bazaar.admin.record.owner), "label": "second"]
        let made = bazaar.send(.post, "/v1/admin/keys", json: body)
        let id = try #require(made.json["id"]?.asString)
        #expect(made.json["key"]?.asString?.hasPrefix("fv_") == true)
        #expect(!bazaar.send(.get, "/v1/admin/keys").text.contains(try #require(made.json["key"]?.asString)))
        #expect(bazaar.send(.delete, "/v1/admin/keys/\(id)").json["revoked_at"]?.asString != nil)
        #expect(bazaar.send(.delete, "/v1/admin/keys/key_01HZZZZZZZZZZZZZZZZZZZZZZZ").status == 404)
        let stranger: JSON = ["role": "buyer", "owner": "buy_1", "label": "x"]
        #expect(bazaar.send(.post, "/v1/admin/keys", json: stranger).errors == ["body /owner is no buyer"])
    }

    @Test func `debits and credits cancel out`() throws {
        try bazaar.record()
        let lines = try #require(bazaar.send(.get, "/v1/admin/ledger/trial-balance").json["data"]?.asArray)
        let micros = lines.compactMap { $0["balance"]?["amount"]?.asString.flatMap(Decimal6.parse) }
        #expect(micros.count == lines.count && !lines.isEmpty && micros.reduce(0, +) == 0)
        #expect(bazaar.send(.get, "/v1/admin/ledger/transactions").json["data"]?.asArray?.isEmpty == false)
    }

    @Test(arguments: ["audit-log", "ledger/transactions", "rate-cards"])
    func `a numbered list goes on where its page ended`(_ name: String) throws {
        let document = try #require(bazaar.send(.get, "/v1/rate-card").json["document"])
        for _ in 0..<2 { bazaar.send(.post, "/v1/admin/rate-cards", json: document) }
        for number in 0..<2 { try bazaar.record(text: "audio \(number)") }
        let all = try #require(bazaar.send(.get, "/v1/admin/\(name)").json["data"]?.asArray)
        let first = bazaar.send(.get, "/v1/admin/\(name)?limit=1")
        let cursor = try #require(first.json["next_cursor"]?.asString)
        let second = bazaar.send(.get, "/v1/admin/\(name)?limit=1&cursor=\(cursor)")
        #expect(first.json["data"] == .array([all[0]]) && second.json["data"] == .array([all[1]]))
    }

    @Test func `only a failed job is retried`() throws {
        try bazaar.record()
        let job = try #require(bazaar.send(.get, "/v1/admin/jobs?state=done").json["data"]?.asArray?.first?["id"]?.asString)
        #expect(bazaar.send(.post, "/v1/admin/jobs/\(job)/retry").status == 409)
        #expect(bazaar.send(.post, "/v1/admin/jobs/job_01K00000000000000000000000/retry").status == 404)
        #expect(bazaar.send(.get, "/v1/admin/jobs?state=failed").json["data"] == [])
    }
}

extension Substring {
    fileprivate func trimmingSuffix(_ character: Character) -> String {
        String(last == character ? dropLast() : self)
    }
}

import Domain
import HTTP
import JSON
import Ledger
import Market
import Storage
import Testing
import Web

@Suite struct StatementRouteTests {
    let bazaar: Bazaar

    init() throws { bazaar = try Bazaar() }

    /// A licence of everything there is.
    private func license(as key: NewKey, model: String = "listener") throws -> Response {
        let dataSet = bazaar.send(.post, "/v1/datasets", json: ["name": "German", "query": ["language": "de"]], as: key)
        let snapshot = bazaar.send(.post, try #require(dataSet.fields["Location"]) + "/snapshots", as: key)
        let request: JSON = [
            "snapshot": snapshot.json["id"] ?? .null, "model": .string(model), "purpose": "emotion-recognition",
            "term": "perpetual",
        ]
        return bazaar.send(.post, "/v1/licences", json: request, as: key)
    }

    private func deposit(_ amount: String, for buyer: Buyer) {
        let request: JSON = ["buyer": .string(buyer.id.text), "amount": .string(amount), "reference": "bank 1"]
        #expect(bazaar.send(.post, "/v1/admin/deposits", json: request).status == 201)
    }

    private func funds(_ path: AccountPath) throws -> Int64 {
        try bazaar.market.store.read { db in try Books(db).funds(in: Account(path, .usd)).micros }
    }

    private func verify() throws {
        let report = try bazaar.market.store.read { db in Books(db).verify() }
        #expect(report.isSound, "\(report.findings)")
    }

    @Test func `a refund ends the licence, is booked once, and takes nothing from contributors`() throws {
        let (buyer, key) = try bazaar.signUpBuyer()
        let person = try bazaar.record()
        deposit("1000", for: buyer)
        let licence = try license(as: key)
        let id = try #require(licence.json["id"]?.asString)
        let earned = try funds(.available(contributor: person.contributor.id.text))
        #expect(bazaar.send(.get, "/v1/licences/\(id)/export", as: key).status == 200)
        let place = "/v1/admin/licences/\(id)/refund"
        #expect(bazaar.send(.post, place, json: ["reason": "x", "amount": "0"]).status == 422)
        #expect(bazaar.send(.post, place, json: ["reason": "x", "amount": "100000"]).status == 422)
        #expect(bazaar.send(.post, place, json: ["amount": "1"]).status == 422)
        let refunds = (0..<3).map { _ in
            bazaar.send(.post, place, json: ["reason": "no model"], fields: [("Idempotency-Key", "refund-1")])
        }
        #expect(refunds.allSatisfy { $0.status == 201 && $0.bytes == refunds[0].bytes })
        #expect(bazaar.send(.post, place, json: ["reason": "again"]).status == 409)
        #expect(bazaar.send(.post, "/v1/admin/licences/\(id)/chargeback", json: ["reason": "again"]).status == 409)
        #expect(try funds(.prepaid(buyer: buyer.id.text)) == 1_000_000_000)
        #expect(try funds(.available(contributor: person.contributor.id.text)) == earned)
        #expect(bazaar.send(.get, "/v1/licences/\(id)/export", as: key).status == 410)
        #expect(bazaar.send(.get, "/v1/licences/\(id)", as: key).json["refund"]?["reason"] == "no model")
        #expect(bazaar.send(.get, "/v1/me/usage", as: person.key).json["data"]?[0]?["ended"] == true)
        #expect(bazaar.send(.get, "/v1/admin/licences/\(id)/explanation").json["right"] == true)
        let audit = bazaar.send(.get, "/v1/admin/audit-log").text
        #expect(audit.contains("licence.refunded"))
        // The same model may be licensed again.
        #expect(try license(as: key).status == 201)
        try verify()
    }

    @Test func `a chargeback leaves by the bank, in part or whole`() throws {
        let (buyer, key) = try bazaar.signUpBuyer()
        try bazaar.record()
        deposit("1000", for: buyer)
        let id = try #require(try license(as: key).json["id"]?.asString)
        let prepaid = try funds(.prepaid(buyer: buyer.id.text))
        let answer = bazaar.send(.post, "/v1/admin/licences/\(id)/chargeback", json: ["reason": "card", "amount": "7.5"])
        #expect(answer.json["amount"]?["amount"] == "7.500000")
        #expect(try funds(.prepaid(buyer: buyer.id.text)) == prepaid)
        #expect(try funds(.bank) == -992_500_000)
        try verify()
    }

    @Test func `a buyer owes by an admin's leave, pays or is written off`() throws {
        let (buyer, key) = try bazaar.signUpBuyer()
        try bazaar.record()
        #expect(try license(as: key).status == 402)
        let place = "/v1/admin/buyers/\(buyer.id)/credit"
        #expect(bazaar.send(.post, place, json: ["limit": "-1"]).status == 422)
        #expect(bazaar.send(.post, place, json: ["limit": "250"]).status == 200)
        let ids = try ["a", "b"].map { model in
            let licence = try license(as: key, model: model)
            #expect(licence.json["payment"] == "receivable")
            return try #require(licence.json["id"]?.asString)
        }
        // 100 dollars each: a third would pass the limit.
        #expect(try license(as: key, model: "c").status == 402)
        #expect(try funds(.receivable(buyer: buyer.id.text)) == -200_000_000)
        let payment = "/v1/admin/licences/\(ids[0])/receivable-payment"
        #expect(bazaar.send(.post, payment, json: ["reference": "wire 9"]).status == 201)
        #expect(bazaar.send(.post, payment, json: ["reference": "wire 9"]).status == 409)
        #expect(bazaar.send(.post, "/v1/admin/licences/\(ids[0])/receivable-write-off", json: ["reason": "x"]).status == 409)
        #expect(bazaar.send(.post, "/v1/admin/licences/\(ids[1])/chargeback", json: ["reason": "x"]).status == 409)
        // Part of what is owed is given back; the rest is written off.
        let part: JSON = ["reason": "late", "amount": "40"]
        #expect(bazaar.send(.post, "/v1/admin/licences/\(ids[1])/refund", json: part).status == 201)
        let written = bazaar.send(.post, "/v1/admin/licences/\(ids[1])/receivable-write-off", json: ["reason": "bankrupt"])
        #expect(written.json["amount"]?["amount"] == "60.000000")
        #expect(try funds(.receivable(buyer: buyer.id.text)) == 0)
        #expect(try funds(.expense(.chargebackLoss)) < 0)
        let kinds = bazaar.send(.get, "/v1/me/invoices", as: key).json["data"]?.asArray?.compactMap { $0["kind"]?.asString }
        #expect(kinds == ["credit-note", "payment-receipt", "invoice", "invoice"])
        try verify()
    }

    @Test func `invoices are numbered by the log and can be printed`() throws {
        let (buyer, key) = try bazaar.signUpBuyer()
        try bazaar.record()
        deposit("1000", for: buyer)
        _ = try license(as: key)
        let list = bazaar.send(.get, "/v1/me/invoices", as: key).json["data"]?.asArray ?? []
        #expect(list.count == 2 && list[0]["division"]?.asArray?.count == 4)
        #expect(list[0]["number"] == "FV-2026-000003" && list[0]["total"]?["amount"] == "100.000000")
        let place = "/v1/me/invoices/\(list[0]["transaction"]?.asString ?? "")"
        #expect(bazaar.send(.get, place, as: key).json == list[0])
        let text = bazaar.send(.get, place, as: key, fields: [("Accept", "text/plain")])
        #expect(text.text.contains("Invoice FV-2026-000003") && text.text.contains("100.000000 USD"))
        let stranger = try bazaar.signUpBuyer("Other").key
        #expect(bazaar.send(.get, place, as: stranger).status == 404)
        #expect(bazaar.send(.get, "/v1/me/invoices?limit=1", as: key).json["has_more"] == true)
    }

    @Test func `a year adds up month by month`() throws {
        let (buyer, key) = try bazaar.signUpBuyer()
        let person = try bazaar.record()
        deposit("1000", for: buyer)
        _ = try license(as: key)
        #expect(bazaar.send(.post, "/v1/me/payouts", json: ["amount": "5.00"], as: person.key).status == 201)
        let year = bazaar.send(.get, "/v1/me/statement/years/2026", as: person.key).json
        func micros(_ key: String) -> Int64 { Decimal6.parse(year["total"]?[key]?["amount"]?.asString ?? "") ?? -1 }
        #expect(micros("opening") == 0 && micros("royalties") == 70_000_000 && micros("premiums") > 0)
        #expect(micros("earned") == micros("recordings") + micros("premiums") + micros("royalties"))
        #expect(micros("closing") == micros("earned"))
        let summary = try bazaar.market.store.read { db in
            try bazaar.market.summariseYear(2026, for: person.contributor.id, in: db)
        }
        #expect((summary.months + [summary.total]).allSatisfy { $0.addsUp })
        let next = bazaar.send(.get, "/v1/me/statement/years/2027", as: person.key).json
        #expect(next["total"]?["opening"] == year["total"]?["closing"])
        let csv = bazaar.send(.get, "/v1/me/statement/years/2026?format=csv", as: person.key).text
        #expect(csv.split(whereSeparator: \.isNewline).count == 14)
        #expect(bazaar.send(.get, "/v1/me/statement/years/9999", as: person.key).status == 404)
    }

    @Test func `a statement has four forms, also for buyers`() throws {
        let (buyer, key) = try bazaar.signUpBuyer()
        let person = try bazaar.record()
        deposit("1000", for: buyer)
        _ = try license(as: key)
        for (asking, account) in [(person.key, "assets:fairvoice:available"), (key, "assets:fairvoice:prepaid")] {
            let json = bazaar.send(.get, "/v1/me/statement", as: asking).json["data"]?.asArray ?? []
            #expect(json.count == 2)
            let csv = try content(bazaar.send(.get, "/v1/me/statement", as: asking, fields: [("Accept", "text/csv")]))
            #expect(csv.split(whereSeparator: \.isNewline).count == 3)
            #expect(csv.contains(json[1]["balance"]?["amount"]?.asString ?? "?"))
            let journal = try content(bazaar.send(.get, "/v1/me/statement?format=hledger", as: asking))
            #expect(journal.contains("    \(account)  0.000000 USD = \(json[1]["balance"]?["amount"]?.asString ?? "?") USD"))
            #expect(!journal.contains(asking.record.owner == buyer.id.text ? "ctr_" : "buy_"))
        }
        let beancount = try content(bazaar.send(.get, "/v1/me/statement?format=beancount", as: key))
        #expect(beancount.contains(" balance Assets:Fairvoice:Prepaid  900.000000 ~ 0 USD"))
    }

    private func content(_ response: Response) throws -> String {
        guard case .sequence(let pieces) = response.body else { return response.text }
        var bytes: [UInt8] = []
        while let piece = try pieces.next() { bytes += piece }
        return String(decoding: bytes, as: UTF8.self)
    }

    @Test func `an export holds nothing of anybody else`() throws {
        let (buyer, key) = try bazaar.signUpBuyer()
        let ada = try bazaar.record()
        let ben = try bazaar.record(text: "another")
        deposit("1000", for: buyer)
        _ = try license(as: key)
        let others = try bazaar.market.store.read { db in
            try Recordings.list(of: ben.contributor.id, status: nil, .init(limit: 10), in: db).rows.map(\.id.text)
        }
        for path in ["/v1/me/export", "/v1/me/export?weights=true"] {
            let export = bazaar.send(.get, path, as: ada.key)
            #expect(export.json["licences"]?[0]?["recordings_in_snapshot"] == 2)
            for word in others + [ben.contributor.id.text, buyer.id.text] { #expect(!export.text.contains(word)) }
        }
        #expect(bazaar.send(.get, "/v1/me/export", as: key).status == 403)
    }

    @Test func `the fairness report names ten points and hides few people`() throws {
        try bazaar.record()
        let few = bazaar.send(.get, "/v1/fairness-report").json
        #expect(few["worked_wage_per_hour"] == .null && few["rejection_rate"] == .null)
        #expect(few["fairwork"]?.asArray?.flatMap { $0["points"]?.asArray ?? [] }.count == 10)
        for number in 0..<4 { try bazaar.record(seconds: 900, text: "audio \(number)") }
        // Anybody may ask, so that it is made once a minute; the books are asked directly here.
        let report = try bazaar.market.store.read { db in try bazaar.market.reportFairness(in: db) }
        let wage = try #require(report.wage)
        // 24 × 1.1 × 1.25 an hour of grade A, two worked hours for each finished one.
        #expect(wage.median == 16_500_000 && wage.worst == 16_500_000 && wage.contributors == 5)
        #expect(report.rejections?.decimal == "0.0000" && report.royaltyShare == nil)
        #expect(report.atFloor?.decimal == "1.0000" && report.assumed == 5)
        #expect(bazaar.send(.get, "/v1/fairness-report").json == few)
    }

    @Test func `percentiles are taken by the nearest rank`() {
        #expect(FairnessReport.percentile(50, of: []) == nil)
        #expect(FairnessReport.percentile(50, of: [1, 2, 3, 4]) == 2)
        #expect(FairnessReport.percentile(10, of: Array(1...20)) == 2)
        #expect(FairnessReport.percentile(90, of: Array(1...10)) == 9)
        #expect(FairnessReport.percentile(10, of: [7]) == 7)
        #expect(FairnessReport.Share(1, of: 3).decimal == "0.3333" && FairnessReport.Share(0, of: 0).decimal == nil)
    }
}

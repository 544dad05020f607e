import Crypto
import Domain
import HTTP
import JSON
import Market
import Storage
import Testing
import Web

@Suite struct PayoutRouteTests {
    let bazaar: Bazaar

    init() throws { bazaar = try Bazaar() }

    private static let paypal = PayoutDetails.paypal(EmailAddress("ada@example.org")!)

    /// Prepares by one admin and approves by the other; the address of the batch.
    private func send() throws -> String {
        let prepared = bazaar.send(.post, "/v1/admin/payout-batches")
        #expect(prepared.status == 201, "\(prepared.text)")
        let place = try #require(prepared.fields["Location"])
        #expect(bazaar.send(.post, place + "/approval", as: bazaar.secondAdmin).status == 200)
        return place
    }

    @Test func `a payout goes out in a file that stays the same, and comes back`() throws {
        #expect(bazaar.send(.post, "/v1/admin/payout-batches").status == 409)
        let (_, key) = try bazaar.record()
        let asked = bazaar.send(.post, "/v1/me/payouts", json: [:], as: key)
        let payout = try #require(asked.json["id"]?.asString)
        let address = try #require(asked.fields["Location"])
        #expect(bazaar.send(.get, address, as: key).json == asked.json)
        #expect(bazaar.send(.post, "/v1/admin/payouts/\(payout)/settlement").status == 409)
        let prepared = bazaar.send(.post, "/v1/admin/payout-batches", fields: [("Idempotency-Key", "b")])
        #expect(prepared.status == 201 && prepared.json["status"] == "prepared" && prepared.json["file"] == .null)
        let again = bazaar.send(.post, "/v1/admin/payout-batches", fields: [("Idempotency-Key", "b")])
        #expect(again.json == prepared.json)
        let place = try #require(prepared.fields["Location"])
        #expect(bazaar.send(.get, place + "/file").status == 409)
        let alone = bazaar.send(.post, place + "/approval")
        #expect(alone.status == 409 && alone.json["detail"]?.asString?.contains("another admin") == true)
        let approved = bazaar.send(.post, place + "/approval", as: bazaar.secondAdmin)
        #expect(approved.json["status"] == "approved")
        #expect(bazaar.send(.post, place + "/approval", as: bazaar.secondAdmin).status == 409)
        #expect(bazaar.send(.post, place + "/cancellation").status == 409)
        let listed = bazaar.send(.get, place + "/payouts").json["data"]?.asArray?.first
        #expect(listed?["status"] == "sent" && listed?["details"] == "=DE00")
        let file = bazaar.send(.get, place + "/file")
        #expect(file.text.contains("'=DE00"))
        #expect(file.fields["Content-Type"]?.hasPrefix("text/csv") == true)
        #expect(Hex.encode(SHA256.hash(file.bytes)) == approved.json["sha256"]?.asString)
        #expect(file.fields["Repr-Digest"]?.hasPrefix("sha-256=:") == true)
        let log = bazaar.send(.get, "/v1/admin/audit-log?limit=200")
        #expect(log.text.contains("sha256 \(Hex.encode(SHA256.hash(file.bytes)))"))
        let tag = try #require(file.fields["ETag"])
        #expect(bazaar.send(.get, place + "/file").bytes == file.bytes)
        #expect(bazaar.send(.get, place, fields: [("Accept", "text/csv")]).bytes == file.bytes)
        #expect(bazaar.send(.get, place, fields: [("Accept", "application/xml")]).status == 406)
        #expect(bazaar.send(.get, place, fields: [("Accept", "application/json, text/csv")]).json["id"] == prepared.json["id"])
        #expect(bazaar.send(.get, place + "/file", fields: [("If-None-Match", tag)]).status == 304)
        let part = bazaar.send(.get, place + "/file", fields: [("Range", "bytes=0-5")])
        #expect(part.status == 206 && part.fields["Content-Range"] == "bytes 0-5/\(file.bytes.count)")
        #expect(bazaar.send(.post, "/v1/admin/payouts/\(payout)/settlement").json["status"] == "settled")
        #expect(bazaar.send(.post, "/v1/admin/payouts/\(payout)/return", json: [:]).status == 422)
        let back = bazaar.send(.post, "/v1/admin/payouts/\(payout)/return", json: ["reason": "AC04"])
        #expect(back.json["status"] == "returned" && back.json["reason"] == "AC04")
        #expect(back.json["explanation"]?.asString?.contains("closed") == true)
        #expect(bazaar.send(.get, "/v1/me/balance", as: key).json["available"] == asked.json["amount"])
    }

    @Test func `nobody makes a key of another admin to be two`() throws {
        let body: JSON = ["role": "admin", "owner": .string(bazaar.secondAdmin.record.owner), "label": "mine now"]
        #expect(bazaar.send(.post, "/v1/admin/keys", json: body).errors.first?.hasPrefix("body /owner must be you") == true)
    }

    @Test func `a SEPA batch is XML, and needs the paying account`() throws {
        let sepa = PayoutDetails.sepa(.init(accountHolder: "Zoë", iban: IBAN("GR1601101250000000012300695")!))
        let (_, key) = try bazaar.record(details: sepa)
        #expect(bazaar.send(.post, "/v1/me/payouts", json: ["method": "paypal"], as: key).errors.count == 1)
        #expect(bazaar.send(.post, "/v1/me/payouts", json: ["method": "sepa"], as: key).json["destination"] == "GR…0695")
        let place = try send()
        let xml = bazaar.send(.get, place, fields: [("Accept", "application/xml")])
        #expect(xml.fields["Content-Type"] == "application/xml" && xml.text.contains("<Nm>Zoe</Nm>"))
        let without = try Bazaar(debtor: nil)
        let other = try without.record(details: sepa)
        #expect(without.send(.post, "/v1/me/payouts", json: [:], as: other.key).status == 201)
        let refused = without.send(.post, "/v1/admin/payout-batches")
        #expect(refused.status == 409 && refused.json["detail"]?.asString?.contains("--debtor-iban") == true)
    }

    @Test func `payout details are checked, kept as they were at the request, and cool off`() throws {
        let (_, key) = try bazaar.record(details: Self.paypal)
        let first = bazaar.send(.post, "/v1/me/payouts", json: ["amount": "1.00"], as: key)
        #expect(first.json["not_before"] == .null)
        let wrong: JSON = ["payout_details": ["method": "sepa", "account_holder": "A", "iban": "DE88370400440532013000"]]
        #expect(
            bazaar.send(.patch, "/v1/me", json: wrong, as: key).errors.map { $0.split(separator: " ")[1] } == [
                "/payout_details/iban"
            ])
        #expect(bazaar.send(.patch, "/v1/me", json: ["payout_details": ["method": "cash"]], as: key).status == 422)
        #expect(bazaar.send(.patch, "/v1/me", json: ["payout_details": ""], as: key).status == 422)
        let right: JSON = ["payout_details": ["method": "wise", "name": "Ada", "currency": "USD", "email": "b@example.org"]]
        let changed = bazaar.send(.patch, "/v1/me", json: right, as: key)
        #expect(changed.json["payout_details"]?["method"] == "wise")
        let second = bazaar.send(.post, "/v1/me/payouts", json: ["amount": "1.00"], as: key)
        #expect(second.json["not_before"]?.asString == Bazaar.start.adding(seconds: 72 * 3600).rfc3339)
        #expect(second.json["method"] == "wise")
        let place = try send()
        #expect(bazaar.send(.get, place + "/file").text.contains("ada@example.org"))
        let waiting = bazaar.send(.post, "/v1/admin/payout-batches")
        #expect(waiting.json["detail"]?.asString?.contains("cooling-off") == true)
        #expect(bazaar.send(.patch, "/v1/me", json: ["payout_details": "by hand"], as: key).json["payout_details"] == "by hand")
        #expect(bazaar.send(.patch, "/v1/me", json: ["payout_details": .null], as: key).json["payout_details"] == .null)
    }

    @Test func `a payout is taken back while it is in no batch, by its owner`() throws {
        let (_, key) = try bazaar.record(details: Self.paypal)
        let (_, stranger) = try bazaar.record(text: "other audio", details: Self.paypal)
        let id = try #require(bazaar.send(.post, "/v1/me/payouts", json: ["amount": "1.00"], as: key).json["id"]?.asString)
        #expect(bazaar.send(.get, "/v1/me/payouts/\(id)", as: stranger).status == 404)
        #expect(bazaar.send(.delete, "/v1/me/payouts/\(id)", as: stranger).status == 404)
        #expect(bazaar.send(.delete, "/v1/me/payouts/\(id)", as: key).json["status"] == "voided")
        #expect(bazaar.send(.get, "/v1/me/balance", as: key).json["reserved"]?["amount"] == "0.000000")
        #expect(bazaar.send(.post, "/v1/admin/payout-batches").status == 409)
    }

    @Test func `a cancelled batch gives its payouts back`() throws {
        let (_, key) = try bazaar.record(details: Self.paypal)
        bazaar.send(.post, "/v1/me/payouts", json: [:], as: key)
        let place = try #require(bazaar.send(.post, "/v1/admin/payout-batches").fields["Location"])
        #expect(bazaar.send(.post, place + "/cancellation", as: bazaar.secondAdmin).json["status"] == "cancelled")
        #expect(bazaar.send(.get, place + "/file").status == 409)
        #expect(bazaar.send(.post, place + "/approval", as: bazaar.secondAdmin).status == 409)
        #expect(bazaar.send(.get, place + "/payouts").json["data"] == [])
        let sent = try send()
        #expect(bazaar.send(.get, sent + "/file").text.contains("ada@example.org"))
    }

    @Test func `the bank's answers are entered by their end-to-end ids, all or none`() throws {
        let (_, key) = try bazaar.record(details: Self.paypal)
        for _ in 0..<2 { bazaar.send(.post, "/v1/me/payouts", json: ["amount": "1.00"], as: key) }
        let place = try send()
        let ids = bazaar.send(.get, place + "/payouts").json["data"]?.asArray?.compactMap { $0["end_to_end_id"]?.asString } ?? []
        #expect(ids.count == 2 && ids.allSatisfy { $0.hasPrefix("pay-") })
        let bad: JSON = [
            "statuses": [
                ["end_to_end_id": .string(ids[0]), "status": "settled", "fee": "0.10"],
                ["end_to_end_id": "pay-01HZZZZZZZZZZZZZZZZZZZZZZZ", "status": "settled"],
                ["end_to_end_id": .string(ids[1]), "status": "returned", "reason_code": "AC04"],
            ]
        ]
        let refused = bazaar.send(.post, place + "/statuses", json: bad)
        #expect(
            refused.errors.map { $0.split(separator: " ")[1] } == ["/statuses/1/end_to_end_id", "/statuses/2/status"])
        #expect(bazaar.send(.get, "/v1/me/payouts", as: key).json["data"]?.asArray?.allSatisfy { $0["status"] == "sent" } == true)
        let shapeless: JSON = [
            "statuses": [
                ["end_to_end_id": .string(ids[0]), "status": "rejected"],
                ["end_to_end_id": .string(ids[0]), "status": "accepted", "fee": "1"],
            ]
        ]
        #expect(
            bazaar.send(.post, place + "/statuses", json: shapeless).errors.map { $0.split(separator: " ")[1] } == [
                "/statuses/0/reason_code", "/statuses/1/fee",
            ])
        let good: JSON = [
            "statuses": [
                ["end_to_end_id": .string(ids[0]), "status": "settled", "fee": "0.10"],
                ["end_to_end_id": .string(ids[1]), "status": "rejected", "reason_code": "AC01"],
            ]
        ]
        for _ in 0..<2 { #expect(bazaar.send(.post, place + "/statuses", json: good).status == 200) }
        let mine = bazaar.send(.get, "/v1/me/payouts", as: key).json["data"]?.asArray ?? []
        #expect(mine.map { $0["status"] } == ["failed", "settled"])
        #expect(mine[0]["explanation"]?.asString?.contains("not known") == true)
    }

    @Test func `batches are listed without their payouts, which are paged`() throws {
        let (_, key) = try bazaar.record(details: Self.paypal)
        for _ in 0..<3 { bazaar.send(.post, "/v1/me/payouts", json: ["amount": "1.00"], as: key) }
        let place = try send()
        let listed = bazaar.send(.get, "/v1/admin/payout-batches").json["data"]?.asArray?.first
        #expect(listed?["payout_count"] == 3 && listed?["payouts"]?.asString == place + "/payouts")
        let page = bazaar.send(.get, place + "/payouts?limit=2")
        #expect(page.json["data"]?.asArray?.count == 2)
        let cursor = try #require(page.json["next_cursor"]?.asString)
        #expect(bazaar.send(.get, place + "/payouts?limit=2&cursor=\(cursor)").json["data"]?.asArray?.count == 1)
    }

    @Test func `tax is shown at the request, withheld, and remitted`() throws {
        var card = try #require(bazaar.send(.get, "/v1/rate-card").json["document"]?.asObject)
        card["withholding"] = ["US": ["rate": "0.3", "threshold_per_year": "0"]]
        #expect(bazaar.send(.post, "/v1/admin/rate-cards", json: .object(card)).status == 201)
        let (_, key) = try bazaar.record(details: Self.paypal, region: "US")
        let asked = bazaar.send(.post, "/v1/me/payouts", json: ["amount": "10.00"], as: key)
        #expect(asked.json["tax"]?["amount"] == "3.000000" && asked.json["net"]?["amount"] == "7.000000")
        #expect(asked.json["tax_jurisdiction"] == "US")
        let sent = try send()
        #expect(bazaar.send(.get, sent + "/file").text.contains(",7.00,USD"))
        let early: JSON = ["jurisdiction": "US", "amount": "4", "reference": "IRS"]
        #expect(bazaar.send(.post, "/v1/admin/tax-remittances", json: early).status == 402)
        let body: JSON = ["jurisdiction": "US", "reference": "IRS"]
        let remitted = bazaar.send(.post, "/v1/admin/tax-remittances", json: body, fields: [("Idempotency-Key", "t")])
        #expect(remitted.json["amount"]?["amount"] == "3.000000")
        #expect(
            bazaar.send(.post, "/v1/admin/tax-remittances", json: body, fields: [("Idempotency-Key", "t")]).json == remitted.json)
        #expect(bazaar.send(.post, "/v1/admin/tax-remittances", json: body).status == 409)
        #expect(bazaar.send(.post, "/v1/admin/tax-remittances", json: ["jurisdiction": "usa", "reference": "x"]).status == 422)
    }

    @Test func `dormant balances are on demand`() throws {
        let (_, key) = try bazaar.record(details: Self.paypal)
        #expect(bazaar.send(.post, "/v1/admin/dormant-runs").json["noticed"] == [])
        #expect(bazaar.send(.post, "/v1/me/reclaims", as: key).status == 409)
    }
}

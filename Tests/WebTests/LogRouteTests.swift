import Crypto
import Domain
import HTTP
import JSON
import Ledger
import Market
import Storage
import Testing
import Web

@Suite struct LogRouteTests {
    let bazaar: Bazaar

    init() throws { bazaar = try Bazaar() }

    private func deposit(_ buyer: Buyer, _ amount: String) throws -> String {
        let request: JSON = ["buyer": .string(buyer.id.text), "amount": .string(amount), "reference": "x"]
        return try #require(bazaar.send(.post, "/v1/admin/deposits", json: request).json["transaction"]?.asString)
    }

    @Test func `the head is JSON or a signed note`() throws {
        let (buyer, _) = try bazaar.signUpBuyer()
        _ = try deposit(buyer, "1")
        let head = bazaar.send(.get, "/v1/log/head")
        let vkey = try #require(head.json["vkey"]?.asString.flatMap(VerifierKey.init))
        let note = try #require(head.json["checkpoint"]?.asString)
        let checkpoint = try Checkpoint(note: note, keys: [vkey])
        #expect(head.json["size"]?.asInteger == checkpoint.size && head.json["origin"]?.asString == checkpoint.origin)
        #expect(head.json["root"]?.asString == Base64.encode(checkpoint.root))
        for response in [
            bazaar.send(.get, "/v1/log/head?format=note"), bazaar.send(.get, "/v1/log/head", fields: [("Accept", "text/plain")]),
        ] {
            #expect(response.text == note && response.fields["Content-Type"] == "text/plain; charset=utf-8")
        }
        let tag = try #require(head.fields["ETag"])
        #expect(bazaar.send(.get, "/v1/log/head", fields: [("If-None-Match", tag)]).status == 304)
    }

    @Test func `heads are consistent, and bad sizes are named`() throws {
        let (buyer, _) = try bazaar.signUpBuyer()
        var heads: [JSON] = []
        for number in 1...6 {
            _ = try deposit(buyer, "\(number)")
            heads.append(bazaar.send(.get, "/v1/log/head").json)
        }
        let newest = try #require(heads.last)
        func root(_ head: JSON) -> [UInt8] { head["root"]?.asString.flatMap { Base64.decode($0) } ?? [] }
        func size(_ head: JSON) -> Int64 { head["size"]?.asInteger ?? 0 }
        for head in heads {
            let proof = bazaar.send(.get, "/v1/log/proof?first=\(size(head))&second=\(size(newest))").json
            let path = (proof["path"]?.asArray ?? []).compactMap { $0.asString.flatMap { Base64.decode($0) } }
            #expect(
                MerkleLog.isConsistent(
                    first: size(head), firstRoot: root(head), second: size(newest), secondRoot: root(newest), path: path))
        }
        let last = size(newest)
        for (query, names) in [
            ("", ["/first"]), ("first=0", ["/first"]), ("first=x", ["/first"]), ("first=1&second=\(last + 1)", ["/second"]),
            ("first=\(last)&second=1", ["/first"]), ("first=-1&second=0", ["/first", "/second"]), ("first=1&size=2", ["/size"]),
        ] {
            let response = bazaar.send(.get, "/v1/log/proof?\(query)")
            #expect(
                response.status == 400 && response.errors.map { $0.split(separator: " ")[1] } == names.map { $0[...] },
                "\(response.text)")
        }
        #expect(bazaar.send(.get, "/v1/log/proof?first=\(last + 1)").status == 400)
    }

    @Test func `entries show headers only`() throws {
        let (buyer, key) = try bazaar.signUpBuyer()
        let transaction = try deposit(buyer, "1234.5")
        let size = try #require(bazaar.send(.get, "/v1/log/head").json["size"]?.asInteger)
        var kinds: Set<String> = []
        for index in 0..<size {
            let entry = bazaar.send(.get, "/v1/log/entries/\(index)")
            #expect(!entry.text.contains(buyer.id.text) && !entry.text.contains("1234") && !entry.text.contains("adm_"))
            let path = (entry.json["path"]?.asArray ?? []).compactMap { $0.asString.flatMap { Base64.decode($0) } }
            let head = bazaar.send(.get, "/v1/log/head").json
            #expect(
                MerkleLog.isIncluded(
                    MerkleLog.leafHash((entry.json["leaf"] ?? .null).canonicalBytes()), at: index, size: size, path: path,
                    root: head["root"]?.asString.flatMap { Base64.decode($0) } ?? []))
            kinds.insert(entry.json["leaf"]?["type"]?.asString ?? "")
            if entry.json["leaf"]?["id"]?.asString == transaction {
                #expect(bazaar.send(.get, "/v1/me/receipts/\(transaction)", as: key).json["leaf"] == entry.json["leaf"])
            }
        }
        #expect(kinds == ["transaction", "audit-entry"])
        #expect(bazaar.send(.get, "/v1/log/entries/\(size)").status == 404)
        #expect(bazaar.send(.get, "/v1/log/entries/x").status == 404)
    }

    @Test func `receipts are their owner's`() throws {
        let (buyer, key) = try bazaar.signUpBuyer()
        let (_, stranger) = try bazaar.signUpBuyer("Other")
        let person = try bazaar.record()
        let transaction = try deposit(buyer, "5")
        let path = "/v1/me/receipts/\(transaction)"
        let keys = [try #require(bazaar.send(.get, "/v1/log/head").json["vkey"]?.asString.flatMap(VerifierKey.init))]
        let mine = try Receipt(json: bazaar.send(.get, path, as: key).json)
        #expect(try mine.verify(keys: keys).size > 0)
        #expect(mine.parts.map { $0.content["account"]?.asString } == ["liabilities:buyer:\(buyer.id):prepaid"])
        #expect(bazaar.send(.get, path, as: stranger).status == 404)
        #expect(bazaar.send(.get, path, as: person.key).status == 404)
        #expect(bazaar.send(.get, path).status == 403)
        let whole = try Receipt(json: bazaar.send(.get, "/v1/admin/ledger/receipts/\(transaction)").json)
        #expect(try whole.verify(keys: keys).size > 0 && whole.parts.count == 2)
        let unknown = "txn_01JZ0000000000000000000000"
        #expect(bazaar.send(.get, "/v1/me/receipts/\(unknown)", as: key).status == 404)
        let pay = bazaar.send(.get, "/v1/me/statement", as: person.key).json["data"]?[0]?["transaction"]?.asString ?? ""
        #expect(try Receipt(json: bazaar.send(.get, "/v1/me/receipts/\(pay)", as: person.key).json).verify(keys: keys).size > 0)
    }
}

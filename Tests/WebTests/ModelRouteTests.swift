import Crypto
import HTTP
import JSON
import Market
import Storage
import Testing

@testable import Web

/// Emotion models over HTTP: registered, put in force, gone back from.
@Suite struct ModelRouteTests {
    private let bazaar: Bazaar
    private static let path = "/v1/admin/models"

    init() throws { bazaar = try Bazaar() }

    private func register(_ file: [UInt8], _ fields: (String, String)...) -> Response {
        bazaar.send(.post, Self.path, body: file, fields: [("Content-Type", "application/json")] + fields)
    }

    private func register(_ number: Int) throws -> String {
        try #require(register(Bazaar.modelFile(number)).json["id"]?.asString)
    }

    private func list() throws -> [JSON] { try #require(bazaar.send(.get, Self.path).json["data"]?.asArray) }

    private func actions() throws -> [String] {
        let entries = try #require(bazaar.send(.get, "/v1/admin/audit-log").json["data"]?.asArray)
        return entries.compactMap { $0["action"]?.asString }.filter { $0.hasPrefix("model.") }
    }

    @Test func `a model is registered, activated, and none is`() throws {
        #expect(bazaar.send(.post, "\(Self.path)/mod_1/activation").status == 404)
        let file = Bazaar.modelFile(1)
        let made = register(file)
        #expect(made.status == 201)
        let id = try #require(made.json["id"]?.asString)
        #expect(made.json["sha256"] == .string(Hex.encode(SHA256.hash(file))))
        #expect(try made.json["active"] == false && list() == [made.json])
        #expect(bazaar.send(.post, "\(Self.path)/\(id)/activation").status == 204)
        #expect(try list()[0]["active"] == true)
        for _ in 0..<2 { #expect(bazaar.send(.delete, "\(Self.path)/activation").status == 204) }
        #expect(try list()[0]["active"] == false)
        #expect(try actions() == ["model.added", "model.activated", "model.activated"])
    }

    @Test func `the same file is the same model`() throws {
        let (first, second) = (register(Bazaar.modelFile(1)), register(Bazaar.modelFile(1)))
        #expect(first.status == 201 && second.status == 200)
        #expect(try first.json == second.json && list().count == 1)
    }

    @Test func `a file that can't be scored with is refused with what is wrong`() throws {
        let digest = ("Content-Digest", "sha-256=:\(Base64.encode(SHA256.hash([1]))):")
        #expect(register(Bazaar.modelFile(1), digest).problem == "digest-mismatch")
        let none = register(Array("{}".utf8))
        #expect(none.status == 422 && none.errors == ["body  the file is no model"])
        let old = register(Bazaar.modelFile(1, version: 1))
        #expect(old.status == 422)
        #expect(old.errors == ["body  it was fitted on test 1, but test 2 is measured here; train it anew"])
        #expect(bazaar.send(.post, Self.path, body: Bazaar.modelFile(1), fields: [("Content-Type", "text/plain")]).status == 415)
        let buyer = try bazaar.signUpBuyer()
        let fields = [("Content-Type", "application/json")]
        #expect(bazaar.send(.post, Self.path, body: Bazaar.modelFile(1), as: buyer.key, fields: fields).status == 403)
        #expect(try list().isEmpty && actions().isEmpty)
    }

    @Test func `a model may be as long as a file may be`() throws {
        let route = try #require(bazaar.routes.first { $0.method == .post && $0.path == Self.path })
        guard case .stream(_, _, let byteCountMax, _) = route.body else { throw Problem(.internalError) }
        #expect(byteCountMax == 16 << 20 && route.summary.contains("16 MiB"))
    }

    @Test func `the list says what each was fitted on, how well it hears, and what is wrong`() throws {
        _ = try register(1)
        for file in [Bazaar.modelFile(1, version: 1), [0xFF]] {
            // As an earlier or a later program left them.
            _ = try bazaar.market.store.write { db in
                try bazaar.market.addModel(file, by: "test", at: Bazaar.start, in: db)
            }
        }
        let models = try list()
        let sound = try #require(models.first { $0["scores"] == true })
        #expect(sound["feature_set"] == "test" && sound["feature_set_version"] == 2 && sound["corpora"] == ["one", "two"])
        #expect(sound["unweighted_average_recall"] == 0.75 && sound["fault"] == .null)
        let old = try #require(models.first { $0["feature_set_version"] == 1 })
        #expect(try old["scores"] == false && #require(old["fault"]?.asString).hasPrefix("it was fitted on test 1"))
        let unreadable = try #require(models.first { $0["feature_set"] == .null })
        #expect(unreadable["scores"] == false && unreadable["fault"] == "the file is no model")
        #expect(unreadable["corpora"] == [] && unreadable["unweighted_average_recall"] == .null)
    }

    @Test func `what can't score is not put in force, and is passed over on the way back`() throws {
        let first = try register(1)
        let old = try bazaar.market.store.write { db in
            try bazaar.market.addModel(Bazaar.modelFile(2, version: 1), by: "test", at: Bazaar.start, in: db)
        }
        let last = try register(3)
        let refused = bazaar.send(.post, "\(Self.path)/\(old)/activation")
        #expect(refused.status == 409 && refused.json["reason"] == "model-cannot-score")
        #expect(refused.text.contains("test 1, but test 2 is measured here; train it anew"))
        #expect(bazaar.send(.post, "\(Self.path)/rollback").status == 409)
        #expect(bazaar.send(.post, "\(Self.path)/\(first)/activation").status == 204)
        try bazaar.market.store.write { db in try Models.activate(old, at: Bazaar.start, in: db) }
        #expect(bazaar.send(.post, "\(Self.path)/\(last)/activation").status == 204)
        let back = bazaar.send(.post, "\(Self.path)/rollback")
        #expect(back.status == 200 && back.json["model"] == .string(first))
        #expect(back.json["passed_over"]?.asArray?.map { $0["model"] } == [.string(old)])
        #expect(bazaar.send(.post, "\(Self.path)/rollback").status == 409)
        #expect(try actions().suffix(2) == ["model.activated", "model.rolled-back"])
        #expect(try list().first { $0["active"] == true }?["id"] == .string(first))
    }
}

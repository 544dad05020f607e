import Foundation
import JSON
import TestSupport
import Testing

/// Models of a running server, by HTTP.
@Suite struct ModelRegistryTests {
    private static let path = "/v1/admin/models"
    private let program: Program
    private let admin: Client

    init() throws {
        program = try Program()
        let key = try Program.run("admin", "create", "--data", program.folder).output
        admin = Client(base: program.base, key: key.trimmingCharacters(in: .whitespacesAndNewlines))
    }

    private func list() async throws -> [JSON] { try #require(try await admin.get(Self.path).json["data"]?.asArray) }

    private func register(_ file: Data) async throws -> Client.Answer {
        try await admin.send("POST", Self.path, body: file, fields: ["Content-Type": "application/json"])
    }

    @Test func `a model that was trained elsewhere is registered, put in force, and gone back from`() async throws {
        let shipped = try await list()[0]
        #expect(shipped["active"] == true && shipped["scores"] == true && shipped["fault"] == .null)
        let folder = FileManager.default.temporaryDirectory.appending(path: "registry-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        let (manifest, out) = (try MadeCorpus.make(in: folder, "one"), folder.appending(path: "model.json"))
        let trained = try Program.run(
            "model", "train", "--features", "egemaps", "--kind", "logistic-regression", "--data", manifest, "--out", out.path)
        #expect(trained.code == 0)
        let made = try await register(Data(contentsOf: out))
        let id = try #require(made.text("id"))
        #expect(made.status == 201 && made.json["active"] == false && made.json["corpora"] == ["one"])
        #expect(made.json["feature_set"] == "eGeMAPS-88" && made.json["unweighted_average_recall"]?.asNumber != nil)
        let again = try await register(Data(contentsOf: out))
        #expect(again.status == 200 && again.json == made.json)
        #expect(try Program.run("model", "add", out.path, "--data", program.folder).output == "\(id)\n")
        #expect(try await admin.send("POST", "\(Self.path)/\(id)/activation").status == 204)
        #expect(try Program.run("model", "list", "--data", program.folder).output.contains("* \(id)"))
        let back = try await admin.send("POST", "\(Self.path)/rollback")
        #expect(back.status == 200 && back.json["model"] == shipped["id"] && back.json["passed_over"] == [])
        #expect(try await admin.send("POST", "\(Self.path)/rollback").status == 409)
        #expect(try await register(Data("{}".utf8)).status == 422)
        #expect(try await list().count == 2)
    }

    @Test func `a model of a newer program is listed, not put in force, and holds up no recording`() async throws {
        try Registry.put("mod_newer", Registry.newerModel, in: program.folder)
        let newer = try #require(try await list().first { $0["id"] == "mod_newer" })
        #expect(newer["scores"] == false && newer["fault"]?.asString?.contains("version 1000") == true)
        let refused = try await admin.send("POST", "\(Self.path)/mod_newer/activation")
        #expect(refused.status == 409 && refused.text("reason") == "model-cannot-score")
        let line = try Program.run("model", "activate", "mod_newer", "--data", program.folder)
        #expect(line.code == 2 && line.output.isEmpty && line.error.split(separator: "\n").count == 1)
        #expect(line.error.hasPrefix("fairvoice: model: mod_newer can't be put in force: the file is version 1000 of"))
        // In force all the same, as the newer program left it.
        try Registry.activate("mod_newer", in: program.folder)
        let (speaker, quote) = try await Client.contributor(program.base)
        let receipt = try await speaker.decided(speaker.upload(Speech.wav(seed: 1), quote: quote))
        #expect(receipt.text("status") == "accepted" && receipt.json["emotion_score"]?["label"] == nil)
        let back = try await admin.send("POST", "\(Self.path)/rollback")
        let inForce = try await list().first { $0["active"] == true }
        #expect(back.status == 200 && inForce?["id"] == back.json["model"])
    }
}

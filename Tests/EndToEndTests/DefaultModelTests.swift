import Foundation
import TestSupport
import Testing

@Suite struct DefaultModelTests {
    @Test func `the shipped model is in force at first, and an admin's choice of none stays`() async throws {
        let program = try Program()
        #expect(try Program.run("model", "list", "--data", program.folder).output.hasPrefix("* mod_"))
        let card = try await Client(base: program.base).get("/model-card")
        #expect(card.status == 200 && String(decoding: card.body, as: UTF8.self).contains("CC0-1.0"))
        #expect(program.stop() == 0)
        #expect(try Program.run("model", "activate", "none", "--data", program.folder).code == 0)
        try program.start()
        let list = try Program.run("model", "list", "--data", program.folder).output
        #expect(list.hasPrefix("  mod_") && list.split(separator: "\n").count == 1)
    }
}

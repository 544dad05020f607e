import Foundation
import JSON
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

    @Test func `the page is the card of the file that is shipped, and says what the overall figures leave unsaid`() throws {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let file = root.appending(path: "Models/default.json").path
        let card = try Program.run("model", "card", file).output
        #expect(try String(contentsOf: root.appending(path: "Public/model-card.html"), encoding: .utf8) == card)
        #expect(card.contains("corpus and label are mixed up") && card.contains("of a corpus from which nothing was fitted"))
        let model = try JSON.parse([UInt8](Data(contentsOf: URL(fileURLWithPath: file))))
        for key in ["evaluation", "speaker_evaluation", "earlier_evaluation"] {
            let evaluation = try #require(model[key])
            // The numbers that every evaluation has, in the order of the table.
            let figures = try ["unweighted_average_recall", "calibration_error_before", "calibration_error_after"].map {
                String(format: "%.3f", try #require(evaluation[$0]?.asNumber))
            }
            let name = try #require(evaluation["standardisation"]?.asString)
            let row = try #require(card.split(separator: "\n").first { $0.hasPrefix("<tr><td>\(name)</td>") })
            let cells = row.matches(of: /<td>([^<]*)<\/td>/).map { String($0.1) }
            #expect(cells.count == 5 && [cells[1], cells[3], cells[4]] == figures)
        }
    }
}

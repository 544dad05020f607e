import Foundation
import JSON
import TestSupport
import Testing

/// `fairvoice model` as one uses it on the command line.
@Suite struct ModelCommandTests {
    private let folder: URL

    init() throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "model-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    private func corpus(_ path: String, seed: UInt64 = 1, absolute: Bool = false) throws -> String {
        try MadeCorpus.make(in: folder, path, seed: seed, absolute: absolute)
    }

    private func train(_ arguments: String...) throws -> (output: String, error: String, code: Int32) {
        let common = ["model", "train", "--features", "egemaps", "--kind", "logistic-regression"]
        return try Child.run(Program.binary, common + arguments)
    }

    @Test func `absolute paths in a manifest are files, and the model says what it was fitted on`() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let (manifest, out) = (try corpus("one", absolute: true), folder.appending(path: "model.json").path)
        let trained = try train("--data", manifest, "--licence", "CC0-1.0", "--citation", "A & B, 2026", "--out", out)
        #expect(trained.code == 0 && trained.error.isEmpty)
        #expect(try JSON.parse(trained.output.utf8)["corpora"]?.asArray?.first?["citation"] == "A & B, 2026")
        let card = try Program.run("model", "card", out)
        #expect(card.output.contains("A &amp; B, 2026") && card.output.contains("When the answer is"))
        let told = try Program.run("model", "manifest", out)
        #expect(told.output.contains("cite: A & B, 2026") && told.output.split(separator: "\n").count == 4 + 12)
        let same = try Program.run("model", "manifest", out, "--data", manifest)
        #expect(same.code == 0 && same.output == "one: the same files, speakers and labels\n")
        let text = try String(contentsOfFile: manifest, encoding: .utf8)
        try text.replacing("\ts0\t", with: "\ts1\t").write(toFile: manifest, atomically: true, encoding: .utf8)
        let other = try Program.run("model", "manifest", out, "--data", manifest)
        #expect(other.code == 1 && other.output == "one: the same files, other speakers or labels\n")
        let none = try Program.run("model", "manifest", out, "--data", try corpus("two", seed: 2))
        #expect(none.code == 1 && none.output == "one: other files: 12 of the fit are missing, 12 were not in it\n")
    }

    @Test func `files that are missing are refused by name, or left out where one says so`() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let (manifest, out) = (try corpus("one"), folder.appending(path: "model.json").path)
        for number in [10, 11] { try FileManager.default.removeItem(at: folder.appending(path: "one/\(number).wav")) }
        let refused = try train("--data", manifest, "--out", out)
        #expect(refused.code == 2 && refused.output.isEmpty && refused.error.split(separator: "\n").count == 1)
        #expect(
            refused.error.contains("10.wav") && refused.error.contains("11.wav") && refused.error.contains("--skip-unreadable"))
        #expect(!FileManager.default.fileExists(atPath: out))
        let trained = try train("--data", manifest, "--out", out, "--skip-unreadable")
        #expect(trained.code == 0 && trained.error.contains("10.wav"))
        #expect(try JSON.parse(trained.output.utf8)["corpora"]?.asArray?.first?["examples"] == 10)
    }

    @Test func `a place that can't be written to is refused before anything is measured`() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let missing = folder.appending(path: "no-such-manifest.tsv").path
        for out in ["/nonexistent/model.json", folder.path] {
            // The manifest is missing too: what is named shows what was looked at first.
            let refused = try train("--data", missing, "--out", out)
            #expect(refused.code == 2 && refused.error.hasPrefix("fairvoice: --out"))
            #expect(refused.error.split(separator: "\n").count == 1)
        }
    }

    @Test func `corpora in folders of the same name are two, and one that stands twice is refused`() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let (one, two) = (try corpus("a/speech"), try corpus("b/speech", seed: 2))
        let out = folder.appending(path: "model.json").path
        let trained = try train("--data", one, "--data", two, "--out", out)
        let corpora = try JSON.parse(trained.output.utf8)["corpora"]?.asArray
        #expect(corpora?.map { $0["name"]?.asString } == ["a/speech", "b/speech"])
        #expect(try JSON.parse(trained.output.utf8)["held_out"]?["speakers"] == 6)
        let twice = try train("--data", one, "--data", one, "--out", out)
        #expect(twice.code == 2 && twice.error.contains("twice"))
    }

    private func evaluate(_ arguments: String...) throws -> (output: String, error: String, code: Int32) {
        let common = ["model", "evaluate", "--features", "egemaps", "--kind", "logistic-regression", "--json"]
        return try Child.run(Program.binary, common + arguments)
    }

    @Test func `a recording that is given again is refused by its lines, in one manifest and on both sides of a test`() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        // The same seed: other names, the same bytes.
        let (one, copy) = (try corpus("one"), try corpus("copy"))
        let both = try evaluate("--data", one, "--test", copy)
        #expect(both.code == 2 && both.output.isEmpty && both.error.split(separator: "\n").count == 1)
        #expect(both.error.contains("\(one), line 2 (0.wav) of speaker s0 and \(copy), line 2 (0.wav) of speaker s0"))
        #expect(both.error.contains("and 11 more are given again"))
        try (String(contentsOfFile: one, encoding: .utf8) + "\n0.wav\ts1\tanger\n")
            .write(toFile: one, atomically: true, encoding: .utf8)
        let out = folder.appending(path: "model.json").path
        for refused in [try evaluate("--data", one), try train("--data", one, "--out", out)] {
            #expect(
                refused.code == 2
                    && refused.error.contains("line 2 (0.wav) of speaker s0 and \(one), line 14 (0.wav) of speaker s1"))
        }
    }

    @Test func `manifests of one folder are one corpus, and none of its speakers is on both sides of a test`() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let lines = try String(contentsOfFile: corpus("one"), encoding: .utf8).split(separator: "\n")
        let link = folder.appending(path: "link")
        try FileManager.default.createSymbolicLink(at: link, withDestinationURL: folder.appending(path: "one"))
        let (some, others) = (folder.appending(path: "one/some.tsv").path, link.appending(path: "others.tsv").path)
        try lines[...6].joined(separator: "\n").write(toFile: some, atomically: true, encoding: .utf8)
        try ([lines[0]] + lines[7...]).joined(separator: "\n").write(toFile: others, atomically: true, encoding: .utf8)
        let refused = try evaluate("--data", some, "--test", others)
        #expect(refused.code == 2 && refused.error.contains("one/s0 is in the training data and in the test data"))
        let trained = try train("--data", some, "--data", others, "--out", folder.appending(path: "model.json").path)
        let summary = try JSON.parse(trained.output.utf8)
        #expect(summary["corpora"]?.asArray?.map { $0["name"]?.asString } == ["one/some.tsv", "one/others.tsv"])
        #expect(summary["held_out"]?["speakers"] == 3)
    }

    @Test func `blank lines are lines, what is empty is refused or not stated, and rows that are left out are told`() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let manifest = try corpus("one")
        let lines = try String(contentsOfFile: manifest, encoding: .utf8).split(separator: "\n").map(String.init)
        let stated = [lines[0] + "\tsex"] + lines.dropFirst().enumerated().map { "\($1)\t\($0 == 0 ? "" : "f")" }
        func write(_ more: String) throws {
            try (stated.joined(separator: "\n\n") + more).write(toFile: manifest, atomically: true, encoding: .utf8)
        }
        // Thirteen lines with a blank one between each two: the next is the 26th.
        for (row, name) in [("\ts1\tanger\tf", "file"), ("0.wav\t\tanger\tf", "speaker"), ("0.wav\t \tanger\tf", "speaker")] {
            try write("\n\(row)\n")
            let refused = try evaluate("--data", manifest)
            #expect(refused.code == 2 && refused.error.contains("line 26: the \(name) is empty; fill it in"))
        }
        try write("\n\t\t\t\nx.wav\ts1\tcalm\tf\ny.wav\ts1\tfear\tf\nz.wav\ts1\tfear\tf\nz.wav\ts1\t\tf\n")
        let told = try evaluate("--data", manifest, "--labels", "anger,sadness")
        let leftOut = "4 of 16 row(s) of \(manifest): labels not asked for: fear (2); labels not known: none (1), calm (1)"
        #expect(told.code == 0 && told.error == "fairvoice: left out: \(leftOut)\n")
        let bySex = try JSON.parse(told.output.utf8)["by_sex"]?.asObject
        #expect(bySex?.keys == ["f", "not stated"])
        let none = try evaluate("--data", manifest, "--labels", "boredom")
        #expect(none.code == 2 && none.error.contains("asked for"))
    }

    @Test func `the card of a model of one corpus says that other corpora were not heard, and both calibration errors`() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let out = folder.appending(path: "model.json").path
        #expect(try train("--data", try corpus("one"), "--out", out).code == 0)
        let card = try Program.run("model", "card", out).output
        #expect(card.contains("but of the same corpus") && !card.contains("mixed up") && !card.contains("shipped"))
        #expect(card.contains("Calibration error before calibration"))
    }

    @Test func `the list says what a recall is, going back goes all the way, and errors are sentences`() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let data = folder.appending(path: "data").path
        #expect(try Program.run("migrate", "--data", data).code == 0)
        let none = try Program.run("model", "rollback", "--data", data)
        #expect(none.code == 1 && none.error == "fairvoice: No model was ever in force; activate one first.\n")
        let unknown = try Program.run("model", "activate", "mod_0", "--data", data)
        #expect(unknown.code == 2 && unknown.error == "fairvoice: model: there is no mod_0; see fairvoice model list\n")
        var ids: [String] = []
        for seed in 1...3 as ClosedRange<UInt64> {
            let out = folder.appending(path: "\(seed).json").path
            #expect(try train("--data", try corpus("c\(seed)", seed: seed), "--out", out).code == 0)
            ids.append(
                try Program.run("model", "add", out, "--data", data).output.trimmingCharacters(in: .whitespacesAndNewlines))
            #expect(try Program.run("model", "activate", ids.last!, "--data", data).code == 0)
        }
        #expect(Set(ids).count == 3)
        for line in try Program.run("model", "list", "--data", data).output.split(separator: "\n") {
            let word = try #require(line.split(separator: " ").first { $0.contains(".") && Double($0) != nil })
            let recall = try #require(Double(word))
            #expect(word.count == 5 && (0...1).contains(recall))
        }
        let back = try (0..<3).map { _ in try Program.run("model", "rollback", "--data", data) }
        #expect(back.map(\.output) == [ids[1] + "\n", ids[0] + "\n", ""])
        #expect(back[2].code == 1 && back[2].error.hasPrefix("fairvoice: There is no earlier model"))
        #expect(try Program.run("model", "list", "--data", data).output.contains("* \(ids[0])"))
    }

    @Test func `a model that can't be read stands in the list with what is wrong, and those after it too`() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let data = folder.appending(path: "data").path
        let out = folder.appending(path: "model.json").path
        #expect(try Program.run("migrate", "--data", data).code == 0)
        try Registry.put("mod_newer", Registry.newerModel, in: data)
        #expect(try train("--data", try corpus("one"), "--out", out).code == 0)
        let id = try Program.run("model", "add", out, "--data", data).output.trimmingCharacters(in: .whitespacesAndNewlines)
        let list = try Program.run("model", "list", "--data", data)
        let lines = list.output.split(separator: "\n")
        #expect(list.code == 0 && lines.count == 2)
        #expect(lines[0].contains("mod_newer") && lines[0].contains("scores nothing: the file is version 1000 of"))
        #expect(lines[1].contains(id) && !lines[1].contains("scores nothing"))
    }

    @Test func `the way back passes over a model that can't be read, and is refused where there is no other`() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let data = folder.appending(path: "data").path
        let out = folder.appending(path: "model.json").path
        #expect(try Program.run("model", "activate", "none", "--data", data).code == 0)
        try Registry.put("mod_newer", Registry.newerModel, in: data)
        try Registry.activate("mod_newer", in: data)
        #expect(try train("--data", try corpus("one"), "--out", out).code == 0)
        let id = try Program.run("model", "add", out, "--data", data).output.trimmingCharacters(in: .whitespacesAndNewlines)
        #expect(try Program.run("model", "activate", id, "--data", data).code == 0)
        let back = try Program.run("model", "rollback", "--data", data)
        #expect(back.code == 0 && back.output == "none\n")
        #expect(back.error.hasPrefix("fairvoice: passed over mod_newer: the file is version 1000 of"))
        let other = folder.appending(path: "other").path
        #expect(try Program.run("model", "add", out, "--data", other).code == 0)
        try Registry.put("mod_newer", Registry.newerModel, in: other)
        try Registry.activate("mod_newer", in: other)
        #expect(try Program.run("model", "activate", id, "--data", other).code == 0)
        let refused = try Program.run("model", "rollback", "--data", other)
        #expect(refused.code == 2 && refused.output.isEmpty)
        #expect(refused.error.hasPrefix("fairvoice: No earlier model scores; the newest is mod_newer: the file is version 1000"))
        #expect(try Program.run("model", "list", "--data", other).output.contains("* \(id)"))
    }
}

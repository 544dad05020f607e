import Foundation
import JSON
import TestSupport
import Testing

/// `fairvoice analyse` as one runs it under a scheduler.
@Suite struct AnalyseTests {
    private static func folder() throws -> URL {
        let folder = FileManager.default.temporaryDirectory.appending(path: "analyse-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        return folder
    }

    @Test func `lines come in the order of the files, and the table holds the same numbers`() throws {
        let folder = try Self.folder()
        defer { try? FileManager.default.removeItem(at: folder) }
        // The first takes longest, so that the others have to wait for it.
        let names =
            [folder.appending(path: "a, \"long\" one.wav").path] + (1...6).map { folder.appending(path: "\($0).wav").path }
        for (index, name) in names.enumerated() {
            try Speech.wav(seed: UInt64(index), seconds: index == 0 ? 20 : 1).write(to: URL(filePath: name))
        }
        let list = folder.appending(path: "list.txt")
        try names.joined(separator: "\n").write(to: list, atomically: true, encoding: .utf8)

        let lines = try Program.run("analyse", "--jobs", "4", "--files-from", list.path)
        #expect(lines.code == 0 && lines.error.isEmpty)
        let objects = try lines.output.split(separator: "\n").map { try JSON.parse($0.utf8) }
        #expect(objects.map { $0["file"]?.asString } == names)

        let table = try Program.run("analyse", "--csv", "--jobs", "2", "--files-from", list.path)
        #expect(table.code == 0)
        let rows = table.output.components(separatedBy: "\r\n")
        #expect(rows.count == names.count + 2 && rows.last == "")
        let header = rows[0].components(separatedBy: ",")
        let features = try #require(objects[1]["features"]?.asObject)
        let quality = try #require(objects[1]["quality"]?.asObject)
        #expect(header == ["file"] + features.keys + quality.keys)
        #expect(rows[1].hasPrefix("\"\(names[0].replacing("\"", with: "\"\""))\","))
        let fields = rows[2].components(separatedBy: ",")
        #expect(fields[0] == names[1])
        for (name, field) in zip(features.keys, fields.dropFirst()) {
            #expect(field == features[name].map { $0.isNull ? "" : $0.description })
        }
    }

    @Test func `a file that fails has its line, and the others are measured`() throws {
        let folder = try Self.folder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let good = folder.appending(path: "good.wav")
        try Speech.wav(seed: 7).write(to: good)
        let missing = folder.appending(path: "missing.wav").path

        let lines = try Program.run("analyse", missing, good.path)
        #expect(lines.code == 1)
        let objects = try lines.output.split(separator: "\n").map { try JSON.parse($0.utf8) }
        #expect(objects.map { $0["error"]?["code"]?.asString } == ["unreadable-file", nil])

        let table = try Program.run("analyse", "--csv", missing, good.path)
        #expect(table.code == 1)
        #expect(table.output.components(separatedBy: "\r\n").count == 3)
        #expect(table.error.contains(missing))
    }

    @Test func `pictures go to standard output or a folder, with what a model hears`() throws {
        let folder = try Self.folder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let good = folder.appending(path: "a & b.wav")
        try Speech.wav(seed: 7).write(to: good)
        let missing = folder.appending(path: "missing.wav").path

        let one = try Program.run("analyse", "--svg", "--model", "default", good.path)
        #expect(one.code == 0 && one.error.isEmpty)
        #expect(one.output.hasPrefix("<svg xmlns=") && one.output.hasSuffix("</svg>\n\n"))
        #expect(one.output.contains("<title id=\"title\">a &amp; b.wav</title>") && one.output.contains("neutral"))

        let many = try Program.run("analyse", "--svg-to", folder.path, missing, good.path)
        #expect(many.code == 1 && many.output.isEmpty && many.error.contains(missing))
        let written = try String(contentsOf: folder.appending(path: "a & b.wav.svg"), encoding: .utf8)
        #expect(written.hasPrefix("<svg xmlns=") && !written.contains("neutral"))
    }

    @Test(arguments: [
        [], ["--jobs", "0", "x.wav"], ["-", "x.wav"], ["--files-from", "/nonexistent/list"],
        ["--svg", "a.wav", "b.wav"], ["--svg", "--csv", "a.wav"], ["--svg-to", "/nonexistent/folder", "a.wav"],
    ])
    func `bad usage ends with 2 and one line`(arguments: [String]) throws {
        let result = try Command.run(Program.binary, ["analyse"] + arguments)
        #expect(result.code == 2 && result.output.isEmpty)
        #expect(result.error.hasPrefix("fairvoice: ") && result.error.split(separator: "\n").count == 1)
    }
}

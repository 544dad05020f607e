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

        let one = try Program.run("analyse", "--svg", good.path)
        #expect(one.code == 0 && one.error.isEmpty)
        #expect(one.output.hasPrefix("<svg xmlns=") && one.output.hasSuffix("</svg>\n\n"))
        #expect(one.output.contains("<title id=\"title\">a &amp; b.wav</title>") && one.output.contains("neutral"))

        let many = try Program.run("analyse", "--svg-to", folder.path, missing, good.path)
        #expect(many.code == 1 && many.output.isEmpty && many.error.contains(missing))
        let written = try String(contentsOf: folder.appending(path: "a & b.wav.svg"), encoding: .utf8)
        #expect(written == one.output.dropLast())

        let other = try Program.run("analyse", "--svg", "--model", "default", good.path)
        #expect(other.code == 0 && other.output == one.output)
        let bare = try Program.run("analyse", "--svg", "--model", "none", good.path)
        #expect(bare.code == 0 && bare.output.hasPrefix("<svg xmlns=") && !bare.output.contains("neutral"))
        let line = try Program.run("analyse", "--model", "none", good.path)
        #expect(line.code == 0 && !line.output.contains("emotion"))
    }

    @Test(arguments: [[], ["--csv"], ["--svg"]])
    func `output that is lost is an error`(form: [String]) throws {
        let folder = try Self.folder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let good = folder.appending(path: "good.wav")
        try Speech.wav(seed: 7).write(to: good)
        let command = "'\(Program.binary)' analyse \(form.joined(separator: " ")) '\(good.path)' > /dev/full"
        let full = try Child.run("/bin/sh", ["-c", command])
        #expect(full.code == 1 && full.error == "fairvoice: standard output can't be written: No space left on device\n")
    }

    @Test func `a reader that went away ends it quietly, but not with success`() throws {
        let folder = try Self.folder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let good = folder.appending(path: "good.wav")
        try Speech.wav(seed: 7).write(to: good)
        let names = [String](repeating: "'\(good.path)'", count: 200).joined(separator: " ")
        let script = "trap '' PIPE; { '\(Program.binary)' analyse --jobs 1 \(names); echo $? >&2; } | head -1 > /dev/null"
        let result = try Child.run("/bin/bash", ["-c", script])
        let code = try #require(Int(result.error.trimmingCharacters(in: .whitespacesAndNewlines)))
        #expect(code != 0)
    }

    @Test func `pictures of files of the same name never replace each other`() throws {
        let folder = try Self.folder()
        defer { try? FileManager.default.removeItem(at: folder) }
        var names: [String] = []
        for part in ["a", "b"] {
            let inner = folder.appending(path: part)
            try FileManager.default.createDirectory(at: inner, withIntermediateDirectories: true)
            names.append(inner.appending(path: "x.wav").path)
            try Speech.wav(seed: 7).write(to: inner.appending(path: "x.wav"))
        }
        let both = try Program.run("analyse", "--svg-to", folder.path, names[0], names[1])
        #expect(both.code == 2 && both.error.contains("x.wav.svg"))
        #expect(!FileManager.default.fileExists(atPath: folder.appending(path: "x.wav.svg").path))
        let command =
            "printf '%s\\n' '\(names[0])' '\(names[1])' | '\(Program.binary)' analyse --jobs 1 --svg-to '\(folder.path)' -"
        let piped = try Child.run("/bin/sh", ["-c", command])
        #expect(piped.code == 1 && piped.error.contains("x.wav.svg"))
        #expect(FileManager.default.fileExists(atPath: folder.appending(path: "x.wav.svg").path))
    }

    @Test func `names that are no UTF-8 are measured, as arguments, in lists and on standard input`() throws {
        let folder = try Self.folder()
        defer { try? FileManager.default.removeItem(at: folder) }
        try Speech.wav(seed: 7).write(to: folder.appending(path: "good.wav"))
        let program = Program.binary
        let script = """
            cd '\(folder.path)' && name=$(printf 'a\\344 \\303\\244.wav') && mv good.wav "$name" && printf '%s\\n' "$name" > list \
              && '\(program)' analyse "$name" && '\(program)' analyse --files-from list && '\(program)' analyse - < list
            """
        let result = try Child.run("/bin/sh", ["-c", script])
        #expect(result.code == 0 && result.error.isEmpty)
        let objects = try result.output.split(separator: "\n").map { try JSON.parse($0.utf8) }
        #expect(objects.map { $0["file"]?.asString } == [String](repeating: "a\\xE4 ä.wav", count: 3))
        #expect(objects.allSatisfy { $0["features"] != nil })
    }

    @Test func `noise and silence have no emotion`() throws {
        let folder = try Self.folder()
        defer { try? FileManager.default.removeItem(at: folder) }
        var chance = SeededRandom(seed: 5)
        for peak in [3000, 0] as [Int16] {
            let file = folder.appending(path: "peak \(peak).wav")
            // The head of a WAV file of speech, with other samples behind it.
            var bytes = Speech.wav(seed: 7)
            for place in stride(from: 44, to: bytes.count - 1, by: 2) {
                let sample = UInt16(bitPattern: Int16.random(in: -peak...peak, using: &chance))
                (bytes[place], bytes[place + 1]) = (UInt8(sample & 255), UInt8(sample >> 8))
            }
            try bytes.write(to: file)
            let line = try Program.run("analyse", "--model", "default", file.path)
            let emotion = try JSON.parse(line.output.utf8)["emotion"]
            #expect(emotion?["label"] == "unknown" && emotion?["unknown_because"] != nil)
            let shares = try #require(emotion?["distribution"]?.asObject).compactMap { $0.value.asNumber }
            #expect(Set(shares).count == 1 && emotion?["confidence"]?.asNumber == shares.first)
            let picture = try Program.run("analyse", "--svg", "--model", "default", file.path)
            #expect(picture.output.contains("nothing that it can name") && !picture.output.contains("sadness"))
        }
    }

    @Test(arguments: [
        [], ["--jobs", "0", "x.wav"], ["-", "x.wav"], ["--files-from", "/nonexistent/list"],
        ["--svg", "a.wav", "b.wav"], ["--svg", "--csv", "a.wav"], ["--svg-to", "/nonexistent/folder", "a.wav"],
    ])
    func `bad usage ends with 2 and one line`(arguments: [String]) throws {
        let result = try Child.run(Program.binary, ["analyse"] + arguments)
        #expect(result.code == 2 && result.output.isEmpty)
        #expect(result.error.hasPrefix("fairvoice: ") && result.error.split(separator: "\n").count == 1)
    }
}

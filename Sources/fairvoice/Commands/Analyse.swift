import Acoustics
import Analysis
import ArgumentParser
import AudioFiles
import Emotion
import Foundation
import JSON

/// Measures files without server or database; also what one runs under Spark, Ray or GNU parallel.
struct Analyse: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Measure audio files: one JSON object a line; exit code 0 only if all went well.",
        discussion: """
            Lines come in the order of the files, however many are measured at a time. A file that can't be measured has a line \
            with its error; with --csv and --svg-to, a line on standard error. On a terminal a bar shows how far it is.
            """)

    @Option(help: "A model file to score emotion with, or default for the one that is compiled in.")
    var model: String?

    @Flag(help: "Print comma-separated values (RFC 4180): the file, the 88 features in the standard order, then quality.")
    var csv = false

    @Flag(help: "Print a picture of one file as SVG.")
    var svg = false

    @Option(help: "Write a picture of each file into this folder, under its name and .svg.")
    var svgTo: String?

    @Option(help: "Files that are measured at a time; all cores without it.")
    var jobs: Int?

    @Option(help: "Take further names from this file, one a line; - is standard input.")
    var filesFrom: String?

    @Argument(help: "Audio files.")
    var files: [String] = []

    private static let jobsMax = 1024

    func validate() throws {
        if let jobs, !(1...Self.jobsMax).contains(jobs) {
            throw ValidationError("--jobs must be from 1 to \(Self.jobsMax)")
        }
        guard [csv, svg, svgTo != nil].count(where: { $0 }) <= 1 else {
            throw ValidationError("--csv, --svg and --svg-to exclude each other; leave all but one out")
        }
        if svg, files.count != 1 || filesFrom != nil { throw ValidationError("--svg takes one file; --svg-to takes many") }
        guard !files.isEmpty || filesFrom != nil else { throw ValidationError("name at least one file, or --files-from") }
    }

    func run() throws {
        let scorer = try model.map { name in
            name == "default" ? try EmotionModel(bytes: DefaultModel.bytes) : try ModelFile.read(name, option: "--model").model
        }
        let files = try allFiles()
        let sheet = csv ? FeatureSheet(hasScores: scorer != nil) : nil
        if let sheet { print(sheet.header) }
        let progress = ProgressBar(total: files.count)
        let failures = OrderedWork(count: files.count, threads: jobs ?? ProcessInfo.processInfo.activeProcessorCount).run {
            index in
            result(of: files[index], scorer, sheet)
        } finish: { outcome in
            if let line = outcome.line { print(line) }
            if let complaint = outcome.complaint { progress.complain(complaint) }
            progress.step()
            return !outcome.isGood
        }
        progress.end()
        guard fflush(nil) == 0 else { throw BadInput("standard output can't be written") }
        if failures > 0 { throw ExitCode(1) }
    }

    private struct Outcome: Sendable {
        var line: String?
        var complaint: String?
        var isGood = true
    }

    private func result(of file: String, _ scorer: EmotionModel?, _ sheet: FeatureSheet?) -> Outcome {
        do throws(AudioFileError) {
            if svg { return Outcome(line: try picture(of: file, scorer)) }
            if let svgTo { return written(try picture(of: file, scorer), of: file, to: svgTo) }
            let result = try Analyser().analyse(path: file)
            let score = scorer?.score(result.features)
            if let sheet { return Outcome(line: sheet.row(file, result, score)) }
            var object: JSONObject = [
                "file": .string(file), "duration_seconds": .number(result.quality.durationSeconds),
                "sample_rate_hz": .count(result.quality.sampleRateHz), "features": result.namedFeatures,
                "quality": result.measurements,
            ]
            object["emotion"] = score?.json
            return Outcome(line: JSON.object(object).description)
        } catch {
            guard sheet == nil, !svg, svgTo == nil else {
                return Outcome(complaint: "\(file): \(error.sentence)", isGood: false)
            }
            let line: JSON = [
                "file": .string(file), "error": ["code": .string(error.reasonCode), "sentence": .string(error.sentence)],
            ]
            return Outcome(line: line.description, isGood: false)
        }
    }

    private func picture(of file: String, _ scorer: EmotionModel?) throws(AudioFileError) -> String {
        try Analyser().picture(of: file, title: URL(fileURLWithPath: file).lastPathComponent, model: scorer)
    }

    private func written(_ picture: String, of file: String, to folder: String) -> Outcome {
        let name = URL(fileURLWithPath: file).lastPathComponent + ".svg"
        let path = URL(fileURLWithPath: folder).appending(path: name).path
        guard FileManager.default.createFile(atPath: path, contents: Data(picture.utf8)) else {
            return Outcome(complaint: "\(path): can't be written; make the folder, or choose another by --svg-to", isGood: false)
        }
        return Outcome()
    }

    private func allFiles() throws -> [String] {
        guard let filesFrom else { return files }
        let bytes = filesFrom == "-" ? [UInt8](FileHandle.standardInput.readDataToEndOfFile()) : try Input.file(filesFrom)
        return files + String(decoding: bytes, as: UTF8.self).split(separator: "\n").map(String.init)
    }
}

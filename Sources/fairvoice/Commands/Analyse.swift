import Analysis
import ArgumentParser
import AudioFiles
import Emotion
import Foundation

/// Measures files without server or database; also what one runs under Spark, Ray or GNU parallel.
struct Analyse: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Measure audio files: one JSON object a line; exit code 0 only if all went well.",
        discussion: "Lines come in the order of the files. A file that fails has a line that says why, and the exit code is 1.")

    @Option(
        help: """
            A model file to score emotion with, default for the one that is compiled in, or none. Pictures are scored by default, \
            lines and tables are not.
            """)
    var model: String?

    @Flag(help: "A table for spreadsheets (RFC 4180) instead; files that fail are named on standard error.")
    var csv = false

    @Flag(help: "A picture as SVG instead; of one file, or see --svg-to.")
    var svg = false

    @Option(help: "Write a picture of each file into this folder instead, under its name and .svg.")
    var svgTo: String?

    @Option(help: "Files that are measured at the same time; all cores if not given.")
    var jobs: Int?

    @Option(help: "A file that names an audio file a line, or - for standard input.")
    var filesFrom: String?

    @Argument(help: "Audio files, or - to read their names from standard input.")
    var files: [String] = []

    func run() throws {
        let jobs = jobs ?? ProcessInfo.processInfo.activeProcessorCount
        guard (1...AnalysisRun.jobCountMax).contains(jobs) else {
            throw BadInput("--jobs must be 1 to \(AnalysisRun.jobCountMax)")
        }
        guard [csv, svg, svgTo != nil].count(where: { $0 }) <= 1 else {
            throw BadInput("--csv, --svg and --svg-to exclude each other: give one")
        }
        if svg, files.count != 1 || files == ["-"] || filesFrom != nil {
            throw BadInput("--svg takes one file; for more give --svg-to FOLDER")
        }
        if let svgTo { try Input.requireFolder(svgTo, option: "--svg-to") }
        let scorer = try scorer()
        let queue = try FileQueue(arguments: files, list: filesFrom)
        if let svgTo, let names = queue.knownNames { try AnalysisPicture.requireDistinct(names, folder: svgTo) }
        let output = OrderedOutput(total: queue.knownNames?.count)
        let form = form(scorer)
        if let header = form.header { output.begin(with: header) }
        let run = AnalysisRun(queue: queue, output: output, form: form)
        if run.failureCount(jobs: jobs) > 0 { throw ExitCode(1) }
    }

    private func scorer() throws -> EmotionModel? {
        switch model ?? (svg || svgTo != nil ? "default" : "none") {
        case "none": nil
        case "default": try EmotionModel(bytes: DefaultModel.bytes)
        case let name: try ModelFile.read(name, option: "--model").model
        }
    }

    private func form(_ scorer: EmotionModel?) -> any AnalysisForm {
        if csv { return AnalysisTable(scorer: scorer) }
        if svg || svgTo != nil { return AnalysisPicture(scorer: scorer, folder: svgTo) }
        return AnalysisLines(scorer: scorer)
    }
}

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

    @Option(help: "A model file to score emotion with.")
    var model: String?

    @Flag(help: "A table for spreadsheets (RFC 4180) instead; files that fail are named on standard error.")
    var csv = false

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
        let scorer = try model.map { try ModelFile.read($0, option: "--model").model }
        let queue = try FileQueue(arguments: files, list: filesFrom)
        let output = OrderedOutput(total: queue.knownCount)
        let form: any AnalysisForm = csv ? AnalysisTable(hasEmotion: scorer != nil) : AnalysisLines()
        if let header = form.header { output.begin(with: header) }
        let run = AnalysisRun(queue: queue, output: output, scorer: scorer, form: form)
        if run.failureCount(jobs: jobs) > 0 { throw ExitCode(1) }
    }
}

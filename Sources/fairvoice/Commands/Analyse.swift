import Acoustics
import Analysis
import ArgumentParser
import AudioFiles
import Dispatch
import Emotion
import Foundation
import JSON
import Synchronization

/// Measures files without server or database; also what one runs under Spark, Ray or GNU parallel.
struct Analyse: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Measure audio files: one JSON object a line; exit code 0 only if all went well.")

    @Option(help: "A model file to score emotion with.")
    var model: String?

    @Argument(help: "Audio files.")
    var files: [String]

    func run() throws {
        let scorer = try model.map { try ModelFile.read($0, option: "--model").model }
        let output = OrderedLines()
        let failureCount = Mutex(0)
        let files = files
        DispatchQueue.concurrentPerform(iterations: files.count) { index in
            var object: JSONObject = ["file": .string(files[index])]
            do throws(AudioFileError) {
                let result = try Analyser().analyse(path: files[index])
                object["duration_seconds"] = .number(result.quality.durationSeconds)
                object["sample_rate_hz"] = .count(result.quality.sampleRateHz)
                object["features"] = result.namedFeatures
                object["quality"] = result.measurements
                object["emotion"] = scorer?.score(result.features).json
            } catch {
                object["error"] = ["code": .string(error.reasonCode), "sentence": .string(error.sentence)]
                failureCount.withLock { $0 += 1 }
            }
            output.finish(index, JSON.object(object).description)
        }
        if failureCount.withLock({ $0 }) > 0 { throw ExitCode(1) }
    }
}

/// Prints lines in the order of their indices as soon as all before are there.
private final class OrderedLines: Sendable {
    private struct State {
        var waiting: [Int: String] = [:]
        var next = 0
    }

    private let state = Mutex(State())

    func finish(_ index: Int, _ line: String) {
        state.withLock { state in
            state.waiting[index] = line
            while let line = state.waiting.removeValue(forKey: state.next) {
                print(line)
                state.next += 1
            }
        }
    }
}

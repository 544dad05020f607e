import Analysis
import AudioFiles
import Crypto
import Dispatch
import Emotion
import Foundation
import Synchronization

/// A labelled folder: the rows of its manifest, measured on all cores.
struct TrainingFolder {
    let manifest: String
    /// What the manifest is called by: the corpus, and the manifest too where the corpus has several.
    let name: String
    /// The corpus, which tells its speakers from those of other corpora.
    let corpus: String
    /// The labels that are asked for; nil for all that Fairvoice knows.
    let labels: Set<String>?
    let features: TrainingChoice.Features
    /// Whether files that can't be measured are left out; else they are an error.
    let skipsUnreadable: Bool

    /// Failures that one line names.
    private static let namedFailureCountMax = 10

    /// The examples in the manifest's order; one or more. Rows that are left out are told on standard error.
    func examples() throws -> [TrainingExample] {
        let labelled = try LabelledRows(manifest, labels: labels)
        if let leftOut = labelled.leftOut { Self.tell("left out: \(leftOut)") }
        let rows = labelled.rows
        let found = Mutex([Result<TrainingExample, BadInput>?](repeating: nil, count: rows.count))
        DispatchQueue.concurrentPerform(iterations: rows.count) { index in
            let result = Result { () throws(BadInput) in try example(rows[index]) }
            found.withLock { $0[index] = result }
        }
        let results = found.withLock { $0.compactMap(\.self) }
        try report(results.compactMap { if case .failure(let failure) = $0 { failure.description } else { nil } })
        let examples = results.compactMap { if case .success(let example) = $0 { example } else { nil } }
        guard !examples.isEmpty else {
            throw BadInput(
                "--data: \(manifest) names no file that can be read and has an emotion that is known\(labels == nil ? "" : " and asked for")"
            )
        }
        return examples
    }

    private func example(_ row: LabelledRows.Row) throws(BadInput) -> TrainingExample {
        do {
            let result = try Analyser().analyse(path: row.path)
            return TrainingExample(
                vector: features.values(of: result.features), label: row.emotion, speaker: row.speaker, source: corpus,
                sha256: Hex.encode(SHA256.hash(try Input.file(row.path))), place: row.place, sex: row.sex,
                dimensions: row.dimensions)
        } catch let error as AudioFileError { throw BadInput("\(row.path) (\(error.reasonCode))") } catch {
            throw BadInput("\(row.path) (\(error))")
        }
    }

    private func report(_ failures: [String]) throws {
        if skipsUnreadable {
            for failure in failures { Self.tell("left out: \(failure)") }
        } else if !failures.isEmpty {
            let more = failures.count - Self.namedFailureCountMax
            throw BadInput(
                "--data: \(manifest): \(failures.count) file(s) can't be measured: "
                    + failures.prefix(Self.namedFailureCountMax).joined(separator: ", ") + (more > 0 ? " and \(more) more" : "")
                    + "; correct the manifest, or give --skip-unreadable to leave them out")
        }
    }

    private static func tell(_ line: String) { FileHandle.standardError.write(Data("fairvoice: \(line)\n".utf8)) }
}

import Analysis
import AudioFiles
import Crypto
import Dispatch
import Domain
import Emotion
import Foundation
import Synchronization

/// A labelled folder: the rows of its manifest, measured on all cores.
struct TrainingFolder {
    let manifest: String
    /// What the corpus is called by.
    let name: String
    let features: TrainingChoice.Features
    /// Whether files that can't be measured are left out; else they are an error.
    let skipsUnreadable: Bool

    /// Failures that one line names.
    private static let namedFailureCountMax = 10

    private struct Row {
        let path: String
        let speaker: String
        let emotion: String
        let sex: String?
        let dimensions: [String: Double]
    }

    /// The examples in the manifest's order; one or more.
    func examples() throws -> [TrainingExample] {
        let rows = try rows()
        let found = Mutex([Result<TrainingExample, BadInput>?](repeating: nil, count: rows.count))
        DispatchQueue.concurrentPerform(iterations: rows.count) { index in
            let result = Result { () throws(BadInput) in try example(rows[index]) }
            found.withLock { $0[index] = result }
        }
        let results = found.withLock { $0.compactMap(\.self) }
        try report(results.compactMap { if case .failure(let failure) = $0 { failure.description } else { nil } })
        let examples = results.compactMap { if case .success(let example) = $0 { example } else { nil } }
        guard !examples.isEmpty else {
            throw BadInput("--data: \(manifest) names no file with a known emotion that can be read")
        }
        return examples
    }

    private func example(_ row: Row) throws(BadInput) -> TrainingExample {
        do {
            let result = try Analyser().analyse(path: row.path)
            return TrainingExample(
                vector: features.values(of: result.features), label: row.emotion, speaker: row.speaker, source: name,
                sha256: Hex.encode(SHA256.hash(try Input.file(row.path))), sex: row.sex, dimensions: row.dimensions)
        } catch let error as AudioFileError { throw BadInput("\(row.path) (\(error.reasonCode))") } catch {
            throw BadInput("\(row.path) (\(error))")
        }
    }

    private func report(_ failures: [String]) throws {
        if skipsUnreadable {
            for failure in failures { FileHandle.standardError.write(Data("fairvoice: left out: \(failure)\n".utf8)) }
        } else if !failures.isEmpty {
            let more = failures.count - Self.namedFailureCountMax
            throw BadInput(
                "--data: \(manifest): \(failures.count) file(s) can't be measured: "
                    + failures.prefix(Self.namedFailureCountMax).joined(separator: ", ") + (more > 0 ? " and \(more) more" : "")
                    + "; correct the manifest, or give --skip-unreadable to leave them out")
        }
    }

    private func rows() throws -> [Row] {
        let lines = String(decoding: try Input.file(manifest), as: UTF8.self).split(whereSeparator: \.isNewline)
        let header = lines.first?.split(separator: "\t", omittingEmptySubsequences: false).map(String.init) ?? []
        guard let file = header.firstIndex(of: "file"), let speaker = header.firstIndex(of: "speaker"),
            let emotion = header.firstIndex(of: "emotion")
        else { throw BadInput("--data: \(manifest) needs the columns file, speaker and emotion in its first line") }
        let sex = header.firstIndex(of: "sex")
        let dimensions = DimensionModel.names.compactMap { name in header.firstIndex(of: name).map { (name, $0) } }
        let folder = URL(fileURLWithPath: manifest).deletingLastPathComponent()
        return try lines.dropFirst().enumerated().compactMap { number, line in
            let cells = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
            guard cells.count > max(file, speaker, emotion) else {
                throw BadInput("--data: \(manifest), line \(number + 2): has too few columns")
            }
            guard Domain.Emotion(rawValue: cells[emotion]) != nil else { return nil }
            return Row(
                path: cells[file].hasPrefix("/") ? cells[file] : folder.appending(path: cells[file]).path,
                speaker: cells[speaker], emotion: cells[emotion],
                sex: sex.flatMap { $0 < cells.count ? cells[$0] : nil },
                dimensions: try Self.dimensions(dimensions, of: cells, "\(manifest), line \(number + 2)"))
        }
    }

    /// Empty cells are examples without the label.
    private static func dimensions(
        _ columns: [(name: String, index: Int)], of cells: [String], _ place: String
    ) throws -> [String: Double] {
        var values: [String: Double] = [:]
        for (name, index) in columns where index < cells.count && !cells[index].isEmpty {
            guard let value = Double(cells[index]), (0...1).contains(value) else {
                throw BadInput("--data: \(place): \(name) must be a number from 0 to 1, or empty")
            }
            values[name] = value
        }
        return values
    }
}

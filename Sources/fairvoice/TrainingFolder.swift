import Analysis
import Crypto
import Dispatch
import Domain
import Emotion
import Foundation
import Synchronization

/// A labelled folder: the rows of its manifest, measured on all cores.
struct TrainingFolder {
    let manifest: String
    let features: TrainingChoice.Features

    private struct Row {
        let path: String
        let speaker: String
        let emotion: String
        let sex: String?
        let dimensions: [String: Double]
    }

    /// The examples in the manifest's order. A file that can't be measured is reported and left out.
    func examples() throws -> [TrainingExample] {
        let rows = try rows()
        let name = URL(fileURLWithPath: manifest).deletingLastPathComponent().lastPathComponent
        let found = Mutex<[Int: TrainingExample]>([:])
        DispatchQueue.concurrentPerform(iterations: rows.count) { index in
            let row = rows[index]
            do {
                let result = try Analyser().analyse(path: row.path)
                let sha256 = Hex.encode(SHA256.hash(try Input.file(row.path)))
                let example = TrainingExample(
                    vector: features.values(of: result.features), label: row.emotion, speaker: row.speaker, source: name,
                    sha256: sha256,
                    sex: row.sex, dimensions: row.dimensions)
                found.withLock { $0[index] = example }
            } catch {
                FileHandle.standardError.write(Data("\(row.path): \(error)\n".utf8))
            }
        }
        return found.withLock { found in rows.indices.compactMap { found[$0] } }
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
                path: folder.appending(path: cells[file]).path, speaker: cells[speaker], emotion: cells[emotion],
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

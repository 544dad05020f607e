import Domain
import Emotion
import Foundation

/// The rows of a manifest whose labels are wanted, and how many others there are.
struct LabelledRows {
    /// One labelled file.
    struct Row {
        let path: String
        let speaker: String
        let emotion: String
        let sex: String?
        let dimensions: [String: Double]
        /// Where it stands, for messages.
        let place: String
    }

    let rows: [Row]
    /// One line on the rows whose labels are not known or not asked for; nil where there are none.
    let leftOut: String?

    /// Labels that one line names.
    private static let namedLabelCountMax = 10

    /// - Parameter labels: those that are asked for; nil for all that Fairvoice knows.
    init(_ manifest: String, labels: Set<String>?) throws {
        let table = try Table(manifest)
        var rows: [Row] = []
        var (unknown, unwanted) = ([String](), [String]())
        for line in table.lines {
            let cells = try table.cells(line)
            let emotion = cells[table.emotion]
            if Domain.Emotion(rawValue: emotion) == nil {
                unknown.append(emotion)
            } else if labels?.contains(emotion) == false {
                unwanted.append(emotion)
            } else {
                rows.append(try table.row(line, cells))
            }
        }
        self.rows = rows
        let parts = [("not asked for", unwanted), ("not known", unknown)].filter { !$1.isEmpty }
            .map { "labels \($0): \(Self.tally($1))" }
        let count = unknown.count + unwanted.count
        leftOut =
            parts.isEmpty ? nil : "\(count) of \(table.lines.count) row(s) of \(manifest): \(parts.joined(separator: "; "))"
    }

    /// Each label with the number of its rows, in alphabetical order.
    private static func tally(_ labels: [String]) -> String {
        let counts = Dictionary(grouping: labels) { $0 }.sorted { $0.key < $1.key }
        let named = counts.prefix(namedLabelCountMax).map { "\($0.key.isEmpty ? "none" : $0.key) (\($0.value.count))" }
        let more = counts.count - named.count
        return named.joined(separator: ", ") + (more > 0 ? " and \(more) more" : "")
    }

    /// A manifest's lines and which column is what.
    private struct Table {
        let manifest: String
        /// Numbers and texts of the lines after the first that are not blank.
        let lines: [(number: Int, text: Substring)]
        let emotion: Int
        private let file: Int
        private let speaker: Int
        private let sex: Int?
        private let dimensions: [(name: String, index: Int)]

        init(_ manifest: String) throws {
            let text = String(decoding: try Input.file(manifest), as: UTF8.self)
            let all = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated()
                .map { (number: $0 + 1, text: $1) }.filter { !$0.text.allSatisfy(\.isWhitespace) }
            let header = all.first.map { Self.split($0.text) } ?? []
            guard let file = header.firstIndex(of: "file"), let speaker = header.firstIndex(of: "speaker"),
                let emotion = header.firstIndex(of: "emotion")
            else { throw BadInput("--data: \(manifest) needs the columns file, speaker and emotion in its first line") }
            self.manifest = manifest
            lines = Array(all.dropFirst())
            (self.file, self.speaker, self.emotion) = (file, speaker, emotion)
            sex = header.firstIndex(of: "sex")
            dimensions = DimensionModel.names.compactMap { name in header.firstIndex(of: name).map { (name, $0) } }
        }

        func cells(_ line: (number: Int, text: Substring)) throws -> [String] {
            let cells = Self.split(line.text)
            guard cells.count > max(file, speaker, emotion) else { throw refusal(line.number, "has too few columns") }
            return cells
        }

        func row(_ line: (number: Int, text: Substring), _ cells: [String]) throws -> Row {
            for (column, name) in [(file, "file"), (speaker, "speaker")] where cells[column].allSatisfy(\.isWhitespace) {
                throw refusal(line.number, "the \(name) is empty; fill it in, or leave the line out")
            }
            let folder = URL(fileURLWithPath: manifest).deletingLastPathComponent()
            return Row(
                path: cells[file].hasPrefix("/") ? cells[file] : folder.appending(path: cells[file]).path,
                speaker: cells[speaker], emotion: cells[emotion],
                sex: sex.flatMap { $0 < cells.count && !cells[$0].isEmpty ? cells[$0] : nil },
                dimensions: try values(of: cells, line.number), place: "\(manifest), line \(line.number) (\(cells[file]))")
        }

        /// Empty cells are examples without the dimension.
        private func values(of cells: [String], _ number: Int) throws -> [String: Double] {
            var values: [String: Double] = [:]
            for (name, index) in dimensions where index < cells.count && !cells[index].isEmpty {
                guard let value = Double(cells[index]), (0...1).contains(value) else {
                    throw refusal(number, "\(name) must be a number from 0 to 1, or empty")
                }
                values[name] = value
            }
            return values
        }

        private func refusal(_ number: Int, _ what: String) -> BadInput {
            BadInput("--data: \(manifest), line \(number): \(what)")
        }

        private static func split(_ line: Substring) -> [String] {
            line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
        }
    }
}

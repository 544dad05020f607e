import Foundation
import Testing

/// The table of docs/http-conformance.md and the tests that it names.
@Suite struct ConformanceTests {
    private struct Row: Hashable {
        let suite: String
        let test: String
    }

    private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    /// Suite and test of every row.
    private func rows() throws -> [Row] {
        try String(contentsOf: Self.root.appending(path: "docs/http-conformance.md"), encoding: .utf8)
            .split(separator: "\n")
            .map { $0.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) } }
            .filter { $0.count == 4 && $0[0].first?.isNumber == true }
            .map { Row(suite: $0[2], test: $0[3]) }
    }

    /// Every test of the suites that speak HTTP. A suite's file carries its name.
    private func tests() throws -> Set<Row> {
        var found: Set<Row> = []
        for folder in ["HTTPTests", "ServerTests"] {
            let url = Self.root.appending(path: "Tests/\(folder)")
            for file in try FileManager.default.contentsOfDirectory(at: url, includingPropertiesForKeys: nil) {
                let suite = file.deletingPathExtension().lastPathComponent
                let source = try String(contentsOf: file, encoding: .utf8)
                guard source.contains("struct \(suite)") else { continue }
                for match in source.matches(of: /func `([^`]+)`\(/) { found.insert(Row(suite: suite, test: String(match.1))) }
            }
        }
        return found
    }

    @Test func `every test that the table of RFC 9112 names exists`() throws {
        let (rows, tests) = (try rows(), try tests())
        #expect(rows.count > 40)
        for row in rows { #expect(tests.contains(row), "\(row.suite): \(row.test)") }
    }

    @Test func `every test of the suites of RFC 9112 stands in its table`() throws {
        let rows = Set(try rows())
        for test in try tests() where test.suite.hasPrefix("RFC9112") {
            #expect(rows.contains(test), "\(test.suite): \(test.test)")
        }
    }

    @Test func `a row's section is the one that its test names`() throws {
        let text = try String(contentsOf: Self.root.appending(path: "docs/http-conformance.md"), encoding: .utf8)
        for line in text.split(separator: "\n") where line.contains("| §") {
            let cells = line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
            let sections = cells[0].split(separator: ", ").map { "§\($0)" }.joined(separator: ", ")
            #expect(cells[3].hasPrefix(sections + ":"), "\(line)")
        }
    }
}

import Foundation
import TestSupport

/// The rows of an inventory: what a reference decoder made of each file.
struct Inventory {
    struct Row {
        let file: String
        let codec: String
        let sampleRateHz: Int
        let channelCount: Int
        let decodedFrameCount: Int
        let path: String
    }

    let rows: [Row]

    init(_ folder: String) throws {
        let text = try String(contentsOf: TestData.url("\(folder)/inventory.tsv"), encoding: .utf8)
        rows = text.split(separator: "\n").dropFirst().map { line in
            let cells = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
            return Row(
                file: cells[0], codec: cells[3], sampleRateHz: Int(cells[4]) ?? 0, channelCount: Int(cells[5]) ?? 0,
                decodedFrameCount: Int(cells[9]) ?? 0, path: TestData.url("\(folder)/\(cells[0])").path)
        }
    }
}

import ArgumentParser
import AudioFiles
import Foundation

/// What the readers make of a file.
struct Decode: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Write a file's samples, the mean of its channels at its own rate, as 32-bit floats.")

    @Argument(help: "An audio file.")
    var file: String

    func run() throws {
        let reader = try AudioFileReader(path: file)
        var block: [Float] = []
        while try reader.read(into: &block, frameCount: 16_384) > 0 {
            try block.withUnsafeBytes { try FileHandle.standardOutput.write(contentsOf: Data($0)) }
        }
    }
}

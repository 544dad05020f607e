import Foundation
import TestSupport

/// A labelled folder of synthetic speech: three speakers, two moods, two recordings of each.
enum MadeCorpus {
    /// - Parameter path: of the folder, which is made inside the other.
    /// - Returns: the path of its manifest.
    static func make(in folder: URL, _ path: String, seed: UInt64 = 1, absolute: Bool = false) throws -> String {
        let corpus = folder.appending(path: path)
        try FileManager.default.createDirectory(at: corpus, withIntermediateDirectories: true)
        var lines = ["file\tspeaker\temotion"]
        for number in 0..<12 {
            let file = corpus.appending(path: "\(number).wav")
            try Speech.wav(seed: seed * 100 + UInt64(number), seconds: 1).write(to: file)
            lines.append(
                "\(absolute ? file.path : file.lastPathComponent)\ts\(number % 3)\t\(number % 2 == 0 ? "anger" : "sadness")")
        }
        let manifest = corpus.appending(path: "labels.tsv")
        try lines.joined(separator: "\n").write(to: manifest, atomically: true, encoding: .utf8)
        return manifest.path
    }
}

import Acoustics
import AudioFiles
import Dispatch
import Emotion
import Foundation
import Synchronization
import TestSupport

/// A labelled corpus outside the repository, measured with the project's own features.
struct SpeechCorpus {
    let name: String

    /// The examples whose labels are kept, in the order of the corpus's list. Files run side by side.
    func examples(_ labels: Set<String>) throws -> [TrainingExample] {
        let text = try String(contentsOf: TestData.url("speech/\(name)/labels.tsv"), encoding: .utf8)
        let rows = text.split(separator: "\n").dropFirst().map { $0.split(separator: "\t").map(String.init) }
            .filter { labels.contains($0[3]) }
        let found = Mutex([Result<TrainingExample, AudioFileError>?](repeating: nil, count: rows.count))
        DispatchQueue.concurrentPerform(iterations: rows.count) { index in
            let result = Result { () throws(AudioFileError) in try example(rows[index]) }
            found.withLock { $0[index] = result }
        }
        return try found.withLock { try $0.compactMap { try $0?.get() } }
    }

    private func example(_ row: [String]) throws(AudioFileError) -> TrainingExample {
        let reader = try AudioFileReader(path: TestData.url("speech/\(name)/\(row[0])").path)
        var resampler = Resampler(fromHz: reader.sampleRateHz, toHz: FeatureExtractor.sampleRateHz)
        var extractor = FeatureExtractor(isExtended: true)
        var block: [Float] = []
        var resampled: [Float] = []
        while try reader.read(into: &block, frameCount: 16_384) > 0 {
            resampled.removeAll(keepingCapacity: true)
            resampler.process(block, into: &resampled)
            extractor.append(resampled)
        }
        resampled.removeAll(keepingCapacity: true)
        resampler.flush(into: &resampled)
        extractor.append(resampled)
        return TrainingExample(
            vector: extractor.finishExtended().values, label: row[3], speaker: row[1], source: name, sha256: "")
    }
}

import Crypto
import Emotion

/// What a corpus was when a model was fitted on it, in a form that is small and can be made again from the corpus.
struct TrainingManifest {
    /// SHA-256 over the sorted hashes of the files.
    let filesSHA256: String
    /// SHA-256 over a line for each file, sorted: hash, speaker and label with tabs between them, then a line feed.
    let rowsSHA256: String
    /// The first digits of each file's hash, sorted.
    let fileHashes: [String]

    init(_ examples: [TrainingExample]) {
        let hashes = examples.map(\.sha256).sorted()
        filesSHA256 = Hex.encode(SHA256.hash(hashes.joined(separator: "\n").utf8))
        let rows = examples.map { "\($0.sha256)\t\($0.speaker)\t\($0.label)\n" }.sorted()
        rowsSHA256 = Hex.encode(SHA256.hash(rows.joined().utf8))
        fileHashes = hashes.map { String($0.prefix(EmotionModel.Corpus.fileHashDigitCount)) }
    }
}

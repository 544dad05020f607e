import Emotion
import TestSupport
import Testing

@Suite struct TrainerTests {
    /// Speakers who differ in level, and three emotions that differ in two of five features.
    private func examples(seed: UInt64, separation: Float = 3) -> [TrainingExample] {
        var random = SeededRandom(seed: seed)
        func noise() -> Float { (0..<12).reduce(Float(-6)) { sum, _ in sum + .random(in: 0...1, using: &random) } }
        var examples: [TrainingExample] = []
        for speaker in 0..<8 {
            let level = noise()
            for (index, label) in ["anger", "neutral", "sadness"].enumerated() {
                for take in 0..<10 {
                    var vector: [Float?] = (0..<5).map { _ in noise() + level }
                    vector[0] = noise() + separation * Float(index)
                    vector[1] = take % 5 == 0 ? nil : noise() - separation * Float(index % 2)
                    examples.append(
                        TrainingExample(
                            vector: vector, label: label, speaker: "s\(speaker)", source: "made",
                            sha256: "\(speaker)-\(label)-\(take)"))
                }
            }
        }
        return examples
    }

    private let trainer = EmotionTrainer(featureSet: "made", version: 1, featureCount: 5)

    @Test func `separable emotions are learnt from other speakers`() throws {
        let model = try trainer.train(examples(seed: 1), corpora: [])
        #expect(model.labels == ["anger", "neutral", "sadness"])
        #expect(model.evaluation.unweightedAverageRecall > 0.9)
        #expect(model.score([0, 0, 0, 0, 0]).label == "anger")
    }

    @Test func `chance stays chance`() throws {
        let model = try trainer.train(examples(seed: 2, separation: 0), corpora: [])
        #expect(model.evaluation.unweightedAverageRecall < 0.5)
        #expect(model.evaluation.calibrationErrorAfter < 0.15)
    }

    @Test func `probabilities add up and unknown is said where none is likely`() throws {
        let model = try trainer.train(examples(seed: 2, separation: 0), corpora: [])
        let score = model.score([nil, nil, nil, nil, nil])
        #expect(abs(score.distribution.reduce(0) { $0 + $1.probability } - 1) < 1e-9)
        #expect((score.label == "unknown") == (score.confidence < EmotionModel.unknownBelow))
    }

    @Test func `the same data give the same file, and the file the same model`() throws {
        let one = try trainer.train(examples(seed: 3), corpora: [])
        let other = try trainer.train(examples(seed: 3), corpora: [])
        #expect(one.bytes == other.bytes)
        #expect(try EmotionModel(bytes: one.bytes).bytes == one.bytes)
    }

    @Test func `no speaker is in two folds`() {
        let all = examples(seed: 4)
        let folds = EmotionTrainer.folds(all, Array(Set(all.map(\.group))).sorted())
        for speaker in Set(all.map(\.speaker)) {
            #expect(Set(zip(all, folds).filter { $0.0.speaker == speaker }.map(\.1)).count == 1)
        }
    }

    @Test func `a damaged file is refused`() throws {
        let bytes = try trainer.train(examples(seed: 5), corpora: []).bytes
        #expect(throws: ModelFileError.self) { try EmotionModel(bytes: Array(bytes.dropLast())) }
        #expect(throws: ModelFileError.self) { try EmotionModel(bytes: Array("{}".utf8)) }
    }

    @Test func `too little data is refused with a sentence`() {
        let few = examples(seed: 6).filter { $0.speaker == "s0" }
        #expect(throws: TrainingError.tooFewSpeakers(1)) { try trainer.train(few, corpora: []) }
        let one = examples(seed: 6).filter { $0.label == "anger" }
        #expect(throws: TrainingError.tooFewLabels(1)) { try trainer.train(one, corpora: []) }
    }
}

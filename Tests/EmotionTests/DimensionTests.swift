import Emotion
import JSON
import TestSupport
import Testing

@Suite struct DimensionTests {
    /// Arousal that is a weighted sum of two features and noise.
    private func examples(noise: Double, seed: UInt64 = 1, source: String = "crowd") -> [TrainingExample] {
        var random = SeededRandom(seed: seed + 100)
        var examples = Crowd(speakerCount: 8, clipCount: 12, distance: 1, source: source, seed: seed).examples
        for index in examples.indices {
            let vector = examples[index].vector
            let sum = 0.5 + 0.1 * Double(vector[3] ?? 0) - 0.05 * Double(vector[4] ?? 0) + noise * Crowd.gaussian(&random)
            examples[index].dimensions["arousal"] = min(1, max(0, sum))
        }
        return examples
    }

    @Test func `a dimension that follows from the features is found`() throws {
        let model = try Crowd().model(examples(noise: 0.01), kinds: [.logisticRegression])
        let arousal = try #require(model.dimensions.first)
        #expect(model.dimensions.count == 1 && arousal.name == "arousal")
        #expect(arousal.evaluation.correlation > 0.98 && arousal.evaluation.concordance > 0.97)
        #expect((0.008...0.02).contains(arousal.evaluation.rootMeanSquareError))
        #expect(arousal.evaluation.exampleCount == 288 && arousal.evaluation.speakerCount == 8)
        for example in examples(noise: 0, seed: 7, source: "others") {
            let score = model.score(example.vector)
            // One in a hundred is farther out than the model knows: nothing is said of it.
            guard score.doubt != .unlikeTraining else {
                #expect(score.dimensions.isEmpty)
                continue
            }
            let heard = try #require(score.dimensions.first)
            #expect(abs(heard.value - example.dimensions["arousal"]!) < 0.05)
            #expect((0...1).contains(heard.value) && heard.deviation == arousal.evaluation.rootMeanSquareError)
        }
        #expect(try EmotionModel(bytes: model.bytes) == model)
    }

    @Test func `one that does not is not`() throws {
        var random = SeededRandom(seed: 3)
        var examples = Crowd(speakerCount: 6).examples
        for index in examples.indices { examples[index].dimensions["valence"] = Double.random(in: 0...1, using: &random) }
        let valence = try #require(try Crowd().model(examples, kinds: [.logisticRegression]).dimensions.first)
        #expect(abs(valence.evaluation.correlation) < 0.25 && valence.evaluation.concordance < 0.1)
        #expect((0.25...0.35).contains(valence.evaluation.rootMeanSquareError))
    }

    @Test func `without labels, or with too few speakers, there is none`() throws {
        #expect(try Crowd().model(kinds: [.logisticRegression]).dimensions.isEmpty)
        var few = Crowd().examples
        for index in few.indices where few[index].speaker < "s2" { few[index].dimensions["arousal"] = 0.5 }
        let model = try Crowd().model(few, kinds: [.logisticRegression])
        #expect(model.dimensions.isEmpty && model.score(few[0].vector).dimensions.isEmpty)
    }

    @Test func `too little signal has no dimension`() throws {
        let model = try Crowd().model(examples(noise: 0.1), kinds: [.logisticRegression])
        #expect(model.score([1, nil, nil, nil, nil, nil]).dimensions.isEmpty)
        #expect(model.score([1, 0, 0, 1, nil, nil]).dimensions.count == 1)
    }
}

import Emotion
import Foundation
import TestSupport
import Testing

@Suite struct EmotionTrainerTests {
    @Test func `classes that lie apart are told apart, for speakers that were not heard before`() throws {
        let model = try Crowd(distance: 5).model()
        #expect(model.labels == ["anger", "neutral", "sadness"])
        #expect(model.evaluation.unweightedAverageRecall > 0.97)
        #expect(model.evaluation.isLeaveOneSpeakerOut && model.evaluation.speakerCount == 6)
        let others = Crowd(distance: 5, source: "others", seed: 2).examples
        #expect(model.evaluation(on: others).unweightedAverageRecall > 0.97)
    }

    @Test func `probabilities are those of Bayes' rule`() throws {
        let crowd = Crowd(speakerCount: 10, clipCount: 40, distance: 1.5)
        let model = try crowd.model()
        let fresh = Crowd(clipCount: 60, distance: 1.5, seed: 3)
        var gaps: [Double] = []
        for example in fresh.examples {
            let powers = crowd.labels.indices.map { exp(crowd.distance * Double(example.vector[$0] ?? 0)) }
            let truth = powers.map { $0 / powers.reduce(0, +) }
            gaps += zip(model.score(example.vector).distribution, truth).map { abs($0.probability - $1) }
        }
        #expect(gaps.reduce(0, +) / Double(gaps.count) < 0.03)
        #expect(model.evaluation.calibrationErrorAfter < 0.06)
        #expect(model.evaluation(on: fresh.examples).calibrationErrorAfter < 0.06)
    }

    @Test func `the same examples give the same bytes`() throws {
        let crowd = Crowd(speakerCount: 4, clipCount: 5, speakerDeviation: 1, missingShare: 0.1)
        let first = try crowd.model(kinds: ClassifierKind.allCases).bytes
        for _ in 0..<2 { #expect(try crowd.model(kinds: ClassifierKind.allCases).bytes == first) }
    }

    @Test func `measuring against the speaker's other clips takes the speaker out`() throws {
        let model = try Crowd(speakerCount: 8, clipCount: 10, distance: 2, speakerDeviation: 4).model()
        #expect(model.evaluation.standardisation == .global && model.speakerEvaluation.standardisation == .speaker)
        #expect(model.speakerEvaluation.unweightedAverageRecall > model.evaluation.unweightedAverageRecall + 0.1)
        #expect(model.speakerEvaluation.unweightedAverageRecall > 0.75)
    }

    @Test func `a rare label counts as much as a frequent one`() throws {
        let crowd = Crowd(clipCount: 30, distance: 2)
        let examples = crowd.examples.enumerated().filter { $1.label != "sadness" || $0 % 10 == 0 }.map(\.element)
        let evaluation = try crowd.model(examples).evaluation
        #expect(evaluation.recalls.allSatisfy { $0 > 0.65 })
    }

    @Test func `noise is not learnt`() throws {
        let model = try Crowd(featureCount: 40, speakerCount: 5, clipCount: 8, distance: 0).model()
        #expect(abs(model.evaluation.unweightedAverageRecall - 1.0 / 3) < 0.15)
        #expect(model.evaluation.calibrationErrorAfter < 0.2)
        let scores = Crowd(featureCount: 40, distance: 0, seed: 9).examples.map { model.score($0.vector) }
        #expect(scores.count { $0.label == "unknown" } > scores.count / 2)
    }

    @Test func `values that could not be measured cost little`() throws {
        let crowd = Crowd(clipCount: 20, distance: 5, missingShare: 0.1)
        #expect(try crowd.model().evaluation.unweightedAverageRecall > 0.85)
        var examples = Crowd(distance: 5).examples
        for index in examples.indices { examples[index].vector[5] = index % 2 == 0 ? .nan : nil }
        #expect(try Crowd(distance: 5).model(examples).evaluation.unweightedAverageRecall > 0.95)
    }

    @Test func `many speakers are held out in groups`() throws {
        let evaluation = try Crowd(speakerCount: 23, clipCount: 2).model().evaluation
        #expect(evaluation.foldCount == 10 && evaluation.speakerCount == 23 && !evaluation.isLeaveOneSpeakerOut)
        #expect(evaluation.exampleCount == 23 * 3 * 2)
    }

    @Test func `speakers of the same name in two corpora are two`() throws {
        let examples = Crowd(speakerCount: 2).examples + Crowd(speakerCount: 2, source: "other", seed: 5).examples
        #expect(try Crowd().model(examples).evaluation.speakerCount == 4)
    }

    @Test func `what can't be learnt from is refused with a sentence`() {
        let sound = Crowd().examples
        var wrongLength = sound
        wrongLength[7].vector.removeLast()
        var lonely = sound
        lonely[0].label = "fear"
        var reserved = sound
        reserved[0].label = "unknown"
        var unmeasured = sound
        for index in unmeasured.indices { unmeasured[index].vector = [Float?](repeating: nil, count: 6) }
        let refused: [([TrainingExample], TrainingError)] = [
            ([], .tooFewLabels(0)), (sound.filter { $0.label == "anger" }, .tooFewLabels(1)),
            (sound.filter { $0.speaker < "s2" }, .tooFewSpeakers(2)), (wrongLength, .wrongLength(expected: 6, found: 5)),
            (lonely, .labelOfOneSpeaker("fear")), (reserved, .reservedLabel("unknown")), (unmeasured, .nothingMeasured),
        ]
        for (examples, error) in refused {
            #expect(throws: error) { try Crowd().model(examples) }
            #expect(error.description.count > 20)
        }
    }
}

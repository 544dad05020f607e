import Emotion
import Foundation
import JSON
import Testing

@Suite struct EmotionEvaluationTests {
    private func evaluation(
        _ classes: [Int], _ probabilities: [[Double]], _ refusals: [Doubt?]? = nil
    ) -> EmotionEvaluation {
        EmotionEvaluation(
            labels: ["a", "b", "c"], classes: classes, scores: probabilities.map { $0.map { log(max($0, 1e-9)) } },
            probabilities: probabilities, refusals: refusals ?? classes.map { _ in nil }, standardisation: .global, foldCount: 2,
            speakerCount: 5)
    }

    @Test func `recall is counted label by label, and labels without examples are left out of the mean`() {
        let evaluation = evaluation([0, 0, 0, 1], [[0.8, 0.1, 0.1], [0.6, 0.4, 0], [0.1, 0.9, 0], [0.2, 0.3, 0.5]])
        #expect(evaluation.confusion == [[2, 1, 0], [0, 0, 1], [0, 0, 0]])
        #expect(evaluation.recalls == [2.0 / 3, 0, 0])
        #expect(evaluation.unweightedAverageRecall == 1.0 / 3 && evaluation.accuracy == 0.5)
        #expect(evaluation.exampleCount == 4 && !evaluation.isLeaveOneSpeakerOut)
    }

    @Test func `the calibration error is the gap between confidence and accuracy`() {
        // Ten answers at 0.8, five of them right: a gap of 0.3.
        let half = evaluation([0, 0, 0, 0, 0, 1, 1, 1, 1, 1], [[Double]](repeating: [0.8, 0.1, 0.1], count: 10))
        #expect(abs(half.calibrationErrorAfter - 0.3) < 1e-12)
        #expect(abs(half.calibrationErrorBefore - 0.3) < 1e-12)
        let sure = evaluation([0, 1], [[1, 0, 0], [0, 1, 0]])
        #expect(sure.calibrationErrorAfter == 0)
    }

    @Test func `what is refused or hardly likely is not counted as an answer`() throws {
        // Right; wrong; right but refused; right but below 1/3 + 0.2 × 2/3.
        let evaluation = evaluation(
            [0, 0, 1, 1], [[0.9, 0.1, 0], [0.2, 0.8, 0], [0, 1, 0], [0.3, 0.4, 0.3]], [nil, nil, .unlikeTraining, nil])
        let answers = try #require(evaluation.answers)
        #expect(answers.exampleCount == 4 && answers.namedCount == 2 && answers.rightCount == 1 && answers.refusedCount == 1)
        #expect(answers.namedShare == 0.5 && answers.accuracy == 0.5 && answers.unweightedAverageRecall == 0.5)
        // All other figures count every example.
        #expect(evaluation.recalls == [0.5, 1, 0] && evaluation.exampleCount == 4)
    }

    @Test func `its document names what was measured`() throws {
        let json = try Crowd(clipCount: 3).model().speakerEvaluation.json
        #expect(json["standardisation"]?.asString == "speaker" && json["recalls"]?["anger"]?.asNumber != nil)
        #expect(json["examples"]?.asInteger == 54 && json["folds"]?.asInteger == 6)
    }
}

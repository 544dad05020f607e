import Emotion
import Foundation

extension EmotionModel {
    /// How the model does on other examples of its labels by what it answers, each as a speaker's first recording.
    func evaluation(on examples: [TrainingExample]) -> EmotionEvaluation {
        let answers = examples.map { score($0.vector) }
        let probabilities = answers.map { $0.distribution.map(\.probability) }
        return EmotionEvaluation(
            labels: labels, classes: examples.map { labels.firstIndex(of: $0.label)! },
            scores: probabilities.map { $0.map { log(max(.leastNormalMagnitude, $0)) } }, probabilities: probabilities,
            refusals: answers.map { $0.doubt?.isOfRecording == true ? $0.doubt : nil }, standardisation: .global, foldCount: 1,
            speakerCount: Set(examples.map { [$0.source, $0.speaker] }).count)
    }
}

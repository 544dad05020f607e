import Acoustics
import Emotion
import TestSupport
import Testing

/// What the whole chain from file to label is worth on acted speech, with honest protocols: no speaker is ever in training
/// and test. About ten seconds of all cores.
@Suite struct RealSpeechTests {
    private static let seven: Set = ["anger", "boredom", "disgust", "fear", "happiness", "neutral", "sadness"]

    @Test(.enabled(if: TestData.has("speech/emodb/labels.tsv")))
    func `seven emotions of ten actors are recognised as well as the literature says of these features`() throws {
        let examples = try SpeechCorpus(name: "emodb").examples(Self.seven)
        #expect(examples.count == 535)
        let trainer = EmotionTrainer(
            featureSet: FeatureSet.name, version: FeatureSet.version, featureCount: FeatureSet.names.count)
        let model = try trainer.train(examples, corpora: [])
        // The literature's eGeMAPS with a linear classifier, leaving one speaker out: 0.674 and 0.817.
        #expect(model.evaluation.isLeaveOneSpeakerOut && model.evaluation.unweightedAverageRecall > 0.70)
        #expect(model.speakerEvaluation.unweightedAverageRecall > 0.81)
        #expect(model.evaluation.calibrationErrorAfter < 0.08 && model.speakerEvaluation.calibrationErrorAfter < 0.08)
        #expect(model.evaluation.calibrationErrorAfter < model.evaluation.calibrationErrorBefore)
        try model.require(featureSet: FeatureSet.name, version: FeatureSet.version)
    }
}

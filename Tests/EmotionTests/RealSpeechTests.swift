import Acoustics
import Emotion
import TestSupport
import Testing

/// What the whole chain from file to label is worth on acted speech, with honest protocols: no speaker is ever in training
/// and test. Some seconds of all cores.
@Suite struct RealSpeechTests {
    private static let seven: Set = ["anger", "boredom", "disgust", "fear", "happiness", "neutral", "sadness"]

    @Test(.enabled(if: TestData.has("speech/emodb/labels.tsv")))
    func `seven emotions of ten actors are recognised better than the literature says of thousands of features`() throws {
        let examples = try SpeechCorpus(name: "emodb").examples(Self.seven)
        #expect(examples.count == 535)
        // One kind of classifier: to choose among all takes a minute, and no test needs it.
        let trainer = EmotionTrainer(
            featureSet: ExtendedFeatureSet.name, version: ExtendedFeatureSet.version,
            featureCount: ExtendedFeatureSet.names.count, kinds: [.logisticRegression],
            sounds: NonSpeech.sounds(sampleRateHz: FeatureExtractor.sampleRateHz) { samples in
                var extractor = FeatureExtractor(isExtended: true)
                extractor.append(samples)
                return extractor.finishExtended().values
            })
        let model = try trainer.train(examples, corpora: [])
        // The literature's best classical figures, leaving one speaker out: 0.777 and 0.831 of 6,373 features.
        #expect(model.evaluation.isLeaveOneSpeakerOut && model.evaluation.unweightedAverageRecall > 0.77)
        #expect(model.speakerEvaluation.unweightedAverageRecall > 0.85)
        #expect(try #require(model.earlierEvaluation).unweightedAverageRecall > 0.83)
        #expect(model.evaluation.calibrationErrorAfter < 0.06 && model.speakerEvaluation.calibrationErrorAfter < 0.06)
        // No noise, tone or music is speech, and nearly all speech is.
        #expect(model.soundScores.count == NonSpeech.allCases.count && model.soundScores.refusedShare == 1)
        let answers = try #require(model.evaluation.answers)
        #expect(answers.refusedShare < 0.03 && answers.namedShare > 0.9)
        #expect(answers.unweightedAverageRecall > model.evaluation.unweightedAverageRecall)
        try model.require(featureSet: ExtendedFeatureSet.name, version: ExtendedFeatureSet.version)
    }
}

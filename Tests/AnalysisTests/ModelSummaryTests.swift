import Acoustics
import Analysis
import Emotion
import Market
import TestSupport
import Testing

/// What the market is told of a model's file.
struct ModelSummaryTests {
    private static func model(_ featureSet: String, _ version: Int) throws -> EmotionModel {
        var chance = SeededRandom(seed: 7)
        let count = FeatureSet.names.count
        let examples = (0..<60).map { number in
            let isAngry = number % 2 == 0
            return TrainingExample(
                vector: (0..<count).map { _ in Float.random(in: 0...1, using: &chance) + (isAngry ? 2 : 0) },
                label: isAngry ? "anger" : "sadness", speaker: "s\(number % 6)", source: "made", sha256: "")
        }
        let corpus = EmotionModel.Corpus(name: "made", licence: "CC0-1.0", exampleCount: 60, speakerCount: 6, sha256: "")
        return try EmotionTrainer(
            featureSet: featureSet, version: version, featureCount: count, kinds: [.logisticRegression]
        ).train(examples, corpora: [corpus])
    }

    @Test(arguments: [
        (FeatureSet.name, FeatureSet.version), (ExtendedFeatureSet.name, ExtendedFeatureSet.version),
    ]) func `a model of features that are measured has no fault`(featureSet: String, version: Int) throws {
        let model = try Self.model(featureSet, version)
        let summary = ModelSummary(file: model.bytes)
        #expect(summary.fault == nil)
        #expect(summary.content?.featureSet == featureSet && summary.content?.featureSetVersion == Int64(version))
        #expect(summary.content?.corpora == ["made"])
        #expect(summary.content?.unweightedAverageRecall == model.evaluation.unweightedAverageRecall)
    }

    @Test func `a model of another version of features names both and what helps`() throws {
        for (set, version) in [
            (FeatureSet.name, FeatureSet.version), (ExtendedFeatureSet.name, ExtendedFeatureSet.version),
        ] {
            let summary = ModelSummary(file: try Self.model(set, version - 1).bytes)
            #expect(summary.content?.featureSetVersion == Int64(version - 1))
            let fault = try #require(summary.fault)
            #expect(fault.contains("\(set) \(version - 1)") && fault.contains("\(set) \(version) is measured here"))
            #expect(fault.hasSuffix("train it anew"))
        }
    }

    @Test func `a file that is no model, or a newer one, has no content`() {
        for (file, words) in [
            ("", "damaged"), ("[1]", "the file is no model"),
            (#"{"format":"fairvoice-emotion-model","format_version":4000}"#, "version 4000 of fairvoice-emotion-model"),
        ] {
            let summary = ModelSummary(file: Array(file.utf8))
            #expect(summary.content == nil && summary.fault?.contains(words) == true, "\(summary)")
        }
    }

    @Test func `what may be sent is what may be read`() {
        #expect(ModelSummary.fileByteCountMax == EmotionModel.fileByteCountMax)
    }
}

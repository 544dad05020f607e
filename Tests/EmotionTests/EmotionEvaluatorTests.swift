import Emotion
import Foundation
import Testing

@Suite struct EmotionEvaluatorTests {
    private let evaluator = EmotionEvaluator(featureSet: "test", featureCount: 6, kinds: Crowd.kinds)

    @Test func `every example is scored once, and groups add up to all`() throws {
        var examples = Crowd(speakerCount: 5).examples
        for index in examples.indices { examples[index].sex = examples[index].speaker < "s2" ? "f" : "m" }
        let report = try evaluator.holdSpeakersOut(examples, foldCountMax: .max, .global)
        let all = report.evaluation
        #expect(all.exampleCount == examples.count && all.isLeaveOneSpeakerOut && all.speakerCount == 5)
        for groups in [report.bySpeaker, report.bySex, report.byCorpus] {
            for label in all.labels.indices {
                for heard in all.labels.indices {
                    let sum = groups.reduce(0) { $0 + $1.evaluation.confusion[label][heard] }
                    #expect(sum == all.confusion[label][heard])
                }
            }
        }
        #expect(report.bySex.map(\.name) == ["f", "m"] && report.bySpeaker.map(\.name).first == "crowd/s0")
    }

    @Test func `the report says the same as the model's own evaluation`() throws {
        let crowd = Crowd(speakerDeviation: 1)
        let model = try crowd.model()
        #expect(try evaluator.holdSpeakersOut(crowd.examples, foldCountMax: 10, .global).evaluation == model.evaluation)
        #expect(
            try evaluator.holdSpeakersOut(crowd.examples, foldCountMax: 10, .speaker).evaluation == model.speakerEvaluation)
        #expect(
            try evaluator.holdSpeakersOut(crowd.examples, foldCountMax: 10, .earlier).evaluation == model.earlierEvaluation)
    }

    @Test func `for every training side one kind is chosen, and a committee errs no more than its members on average`() throws {
        let examples = Crowd(speakerCount: 5, clipCount: 5, distance: 2).examples
        let all = EmotionEvaluator(featureSet: "test", featureCount: 6)
        for kind in StandardisationKind.allCases {
            let tallies = try all.holdSpeakersOut(examples, foldCountMax: 5, kind).kindTallies
            #expect(tallies.map(\.kind) == ClassifierKind.allCases)
            #expect(tallies.reduce(0) { $0 + $1.chosenCount } == (kind == .earlier ? 10 : 5))
            #expect(tallies.allSatisfy { $0.logLoss > 0 && $0.logLoss < log(3) })
            // The log loss of a mean of scores is at most the mean of their log losses, and no two kinds do better than the best two.
            let losses = tallies.dropLast().map(\.logLoss).sorted()
            #expect(tallies.last!.logLoss <= (losses[0] + losses[1]) / 2 + 1e-9)
        }
        let few = EmotionEvaluator(featureSet: "test", featureCount: 6, kinds: [.discriminant])
        let tallies = try few.holdSpeakersOut(examples, foldCountMax: 5, .global).kindTallies
        #expect(tallies.map(\.kind) == [.discriminant] && tallies.map(\.chosenCount) == [5])
    }

    @Test func `hardly any speech of unheard speakers is refused, and sounds that are none are`() throws {
        let sounds = [[30, 0, 0, 0, 0, 0], [0, 0, 0, 20, 20, 20], nil].map { vector in
            Sound(name: vector == nil ? "nothing" : "far", vector: vector ?? [Float?](repeating: nil, count: 6))
        }
        let evaluator = EmotionEvaluator(featureSet: "test", featureCount: 6, kinds: Crowd.kinds, sounds: sounds)
        let report = try evaluator.holdSpeakersOut(Crowd(speakerCount: 10).examples, foldCountMax: 5, .global)
        #expect(try #require(report.evaluation.answers).refusedShare < 0.03)
        #expect(report.soundScores.map(\.name) == ["far", "nothing"])
        #expect(report.soundScores.map(\.count) == [10, 5] && report.soundScores.refusedShare == 1)
    }

    @Test func `the bins hold all examples and give the calibration error`() throws {
        let report = try evaluator.holdSpeakersOut(Crowd(distance: 1.5).examples, foldCountMax: 3, .global)
        #expect(report.evaluation.foldCount == 3)
        for (bins, error) in [
            (report.reliabilityBefore, report.evaluation.calibrationErrorBefore),
            (report.reliabilityAfter, report.evaluation.calibrationErrorAfter),
        ] {
            let total = bins.reduce(0) { $0 + $1.exampleCount }
            #expect(total == report.evaluation.exampleCount)
            let gap = bins.reduce(0) { $0 + Double($1.exampleCount) * abs($1.confidence - $1.accuracy) } / Double(total)
            #expect(abs(gap - error) < 1e-12)
            #expect(bins.allSatisfy { $0.exampleCount == 0 || ($0.from...$0.to).contains($0.confidence) })
        }
    }

    @Test func `test labels change the count, never the scores`() throws {
        let training = Crowd().examples
        var test = Crowd(source: "others", seed: 4).examples
        let honest = try evaluator.across(training: training, test: test, .speaker)
        #expect(honest.evaluation.exampleCount == test.count && honest.evaluation.unweightedAverageRecall > 0.9)
        // Every label moved on by one: the columns' sums, which don't depend on the truth, stay.
        let labels = honest.labels
        for index in test.indices { test[index].label = labels[(labels.firstIndex(of: test[index].label)! + 1) % labels.count] }
        let moved = try evaluator.across(training: training, test: test, .speaker)
        let sums = [honest, moved].map { report in
            labels.indices.map { heard in report.evaluation.confusion.reduce(0) { $0 + $1[heard] } }
        }
        #expect(sums[0] == sums[1] && moved.evaluation.unweightedAverageRecall < 0.1)
    }

    @Test func `only labels of both sides are tested, and no speaker is on both`() throws {
        let training = Crowd().examples
        let test = Crowd(labels: ["anger", "neutral", "surprise"], source: "others").examples
        #expect(try evaluator.across(training: training, test: test, .global).labels == ["anger", "neutral"])
        #expect(throws: TrainingError.speakerOnBothSides("crowd/s0")) {
            try evaluator.across(training: training, test: training, .global)
        }
    }

    @Test func `a file that is given again is refused: on the other side, under another speaker, under the same`() throws {
        var training = Crowd().examples
        for index in training.indices { (training[index].sha256, training[index].place) = ("\(index)", "line \(index)") }
        #expect(try evaluator.holdSpeakersOut(training, foldCountMax: 2, .global).evaluation.exampleCount == training.count)
        // Of another corpus, so that its speakers are others by name.
        var test = Crowd(source: "others", seed: 2).examples
        test[3].sha256 = training[5].sha256
        test[8].sha256 = training[6].sha256
        let both = TrainingError.sameFile("line 5 of speaker s0", "a file of others/s0", moreCount: 1)
        #expect(throws: both) { try evaluator.across(training: training, test: test, .global) }
        #expect(both.description.contains("and 1 more") && !both.description.contains("\n"))
        for other in [training.count - 1, 7] {
            var twice = training
            twice[other].sha256 = training[6].sha256
            let error = TrainingError.sameFile(
                "line 6 of speaker s0", "line \(other) of speaker \(training[other].speaker)", moreCount: 0)
            #expect(throws: error) { try evaluator.holdSpeakersOut(twice, foldCountMax: 2, .global) }
            #expect(throws: error) { try Crowd().model(twice) }
        }
    }
}

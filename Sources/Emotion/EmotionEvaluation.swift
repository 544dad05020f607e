import Foundation
import JSON

/// How a kind of model does on speakers that it has not seen.
public struct EmotionEvaluation: Sendable, Equatable {
    /// Mean over labels of the share that was recognised.
    public var unweightedAverageRecall: Double
    public var recalls: [Double]
    /// Rows are the true labels, columns what was heard.
    public var confusion: [[Int]]
    /// Mean gap between confidence and accuracy over ten bins, before and after the temperature.
    public var calibrationErrorBefore: Double
    public var calibrationErrorAfter: Double
    /// How many groups of speakers were held out in turn.
    public var foldCount: Int

    init(classes: [Int], scores: [[Double]], classCount: Int, temperature: Double, foldCount: Int) {
        var confusion = [[Int]](repeating: [Int](repeating: 0, count: classCount), count: classCount)
        for (one, scores) in zip(classes, scores) {
            confusion[one][scores.indices.max { scores[$0] < scores[$1] } ?? 0] += 1
        }
        let recalls = confusion.indices.map { one -> Double in
            let total = confusion[one].reduce(0, +)
            return total == 0 ? 0 : Double(confusion[one][one]) / Double(total)
        }
        self.confusion = confusion
        self.recalls = recalls
        unweightedAverageRecall = recalls.reduce(0, +) / Double(max(1, recalls.count))
        calibrationErrorBefore = Self.calibrationError(classes, scores, 1)
        calibrationErrorAfter = Self.calibrationError(classes, scores, temperature)
        self.foldCount = foldCount
    }

    /// Expected calibration error (Naeini et al. 2015) over ten equal bins of confidence.
    private static func calibrationError(_ classes: [Int], _ scores: [[Double]], _ temperature: Double) -> Double {
        var confidence = [Double](repeating: 0, count: 10)
        var correct = [Double](repeating: 0, count: 10)
        for (one, scores) in zip(classes, scores) {
            let probabilities = EmotionModel.probabilities(scores, temperature: temperature)
            let best = probabilities.indices.max { probabilities[$0] < probabilities[$1] } ?? 0
            let bin = min(9, Int(probabilities[best] * 10))
            confidence[bin] += probabilities[best]
            correct[bin] += best == one ? 1 : 0
        }
        return zip(confidence, correct).reduce(0) { $0 + abs($1.0 - $1.1) } / Double(max(1, classes.count))
    }

    public var json: JSON {
        [
            "unweighted_average_recall": .number(unweightedAverageRecall), "recalls": .array(recalls.map(JSON.number)),
            "confusion": .array(confusion.map { .array($0.map { .count($0) }) }),
            "calibration_error_before": .number(calibrationErrorBefore),
            "calibration_error_after": .number(calibrationErrorAfter), "folds": .count(foldCount),
        ]
    }

    init?(json: JSON) {
        guard let recall = json["unweighted_average_recall"]?.asNumber,
            let recalls = json["recalls"]?.asArray?.compactMap(\.asNumber),
            let confusion = json["confusion"]?.asArray?.map({ $0.asArray?.compactMap { $0.asInteger.map(Int.init) } ?? [] }),
            let before = json["calibration_error_before"]?.asNumber, let after = json["calibration_error_after"]?.asNumber,
            let folds = json["folds"]?.asInteger
        else { return nil }
        unweightedAverageRecall = recall
        self.recalls = recalls
        self.confusion = confusion
        calibrationErrorBefore = before
        calibrationErrorAfter = after
        foldCount = Int(folds)
    }
}

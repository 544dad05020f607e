import Emotion
import Foundation

extension HeldOutReport {
    /// The report as a terminal shows it.
    var text: String {
        let all = evaluation
        var lines = [
            "\(all.exampleCount) examples, \(all.speakerCount) speakers, \(foldCount) fold(s), "
                + "standardisation \(standardisation.rawValue)",
            "unweighted average recall  \(Self.share(all.unweightedAverageRecall))",
            "calibration error          \(Self.share(all.calibrationErrorBefore)) before, "
                + "\(Self.share(all.calibrationErrorAfter)) after",
        ]
        if let answers = all.answers {
            lines += [
                "named                      \(Self.share(answers.namedShare)) of the examples; of these right "
                    + "\(Self.share(answers.accuracy)), unweighted average recall \(Self.share(answers.unweightedAverageRecall))",
                "not taken for speech       \(Self.share(answers.refusedShare)) of the examples",
            ]
        }
        if !soundScores.isEmpty {
            lines.append(
                "no speech and refused      \(Self.share(soundScores.refusedShare)) of \(soundScores.count) kinds of sounds")
            lines += soundScores.filter { $0.refusedCount < $0.count }.map {
                "  \($0.name): \($0.count - $0.refusedCount) of \($0.count) taken for speech"
            }
        }
        lines += ["", "kind of classifier: chosen for training sides, mean log loss on speakers held out inside of them"]
        lines += kindTallies.map {
            "  \($0.chosenCount) of \(kindTallies.reduce(0) { $0 + $1.chosenCount })  \(Self.share($0.logLoss))  \($0.kind.rawValue)"
        }
        lines += [
            "", Self.cell("true \\ heard") + labels.map(Self.cell).joined() + "recall",
        ]
        for (index, label) in labels.enumerated() {
            let counts = all.confusion[index].map { Self.cell("\($0)") }.joined()
            lines.append(Self.cell(label) + counts + Self.share(all.recalls[index]))
        }
        for (title, groups) in [("corpus", byCorpus), ("sex", bySex), ("speaker", bySpeaker)] {
            lines += ["", "by \(title): unweighted average recall, examples"]
            lines += groups.map {
                "  \(Self.share($0.evaluation.unweightedAverageRecall))  \($0.evaluation.exampleCount)  \($0.name)"
            }
        }
        lines += ["", "confidence   examples, mean confidence, accuracy before; the same after"]
        lines += zip(reliabilityBefore, reliabilityAfter).map { before, after in
            Self.cell("\(before.from)…\(before.to)") + Self.bin(before) + "; " + Self.bin(after)
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private static let width = 12

    private static func cell(_ text: String) -> String {
        text + String(repeating: " ", count: max(1, width - text.count))
    }

    private static func share(_ value: Double) -> String { String(format: "%.3f", value) }

    private static func bin(_ bin: ReliabilityBin) -> String {
        "\(bin.exampleCount), \(share(bin.confidence)), \(share(bin.accuracy))"
    }
}

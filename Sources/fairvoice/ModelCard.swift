import Emotion
import Foundation

/// What a model was fitted on, how well it does and what it is not for, as a page. Every figure comes from the model's file.
struct ModelCard {
    let model: EmotionModel

    var html: String {
        let labels = model.labels.map(Self.escaped).joined(separator: ", ")
        return """
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>The emotion model · Fairvoice</title>
            <meta name="description" content="What the shipped emotion model was fitted on, how well it does and what it is not for.">
            <meta name="color-scheme" content="light dark">
            <link rel="icon" href="/icon.svg" type="image/svg+xml">
            <link rel="stylesheet" href="/style.css">
            </head>
            <body>
            <main>
            <h1>The emotion model</h1>
            <p>\(Self.names[model.kind]!) over \(model.featureCount) acoustic features (\(Self.escaped(model.featureSet)), \
            version \(model.featureSetVersion)). Labels: \(labels). A label is named from a probability of \
            \(Self.share(model.unknownBelow)) on; below, the answer is “unknown”.</p>
            <h2>What it is not for</h2>
            <ul>
            \(EmotionModel.notFor.map { "<li>\(Self.escaped($0))</li>" }.joined(separator: "\n"))
            </ul>
            <h2>Data</h2>
            \(Self.table(["Corpus", "Licence", "Examples", "Speakers"], corpora))
            <h2>Scores on speakers that were not heard in training</h2>
            <p>Speakers were held out in \(model.evaluation.foldCount) groups, of the fit and of every choice.</p>
            \(Self.table(["Standardisation", "Unweighted average recall", "Calibration error"], overall))
            <h2>By label</h2>
            \(Self.table(["Label", "Recall", "Recall, per-speaker standardisation"], recalls))
            <h2>By corpus, sex and speaker</h2>
            <p>Recall over the labels of which the group has at least \(EmotionModel.GroupScore.labelExampleCountMin) examples, \
            standardised globally; by earlier clips as a server meets a speaker: the first \(EmotionModel.earlierCountMin) clips \
            against all speakers, later ones against the speaker's own.</p>
            \(Self.table(["", "Group", "Examples", "Unweighted average recall", "Calibration error"], groups))
            </main>
            </body>
            </html>

            """
    }

    private static let names: [ClassifierKind: String] = [
        .logisticRegression: "Multinomial logistic regression", .supportVectors: "Linear support vector machines",
        .network: "A network of one hidden layer",
    ]

    private var corpora: [[String]] {
        model.corpora.map { [$0.name, $0.licence, "\($0.exampleCount)", "\($0.speakerCount)"] }
    }

    private var overall: [[String]] {
        ([model.evaluation, model.speakerEvaluation] + (model.earlierEvaluation.map { [$0] } ?? [])).map {
            [$0.standardisation.rawValue, Self.share($0.unweightedAverageRecall), Self.share($0.calibrationErrorAfter)]
        }
    }

    private var recalls: [[String]] {
        model.labels.indices.map {
            [model.labels[$0], Self.share(model.evaluation.recalls[$0]), Self.share(model.speakerEvaluation.recalls[$0])]
        }
    }

    private var groups: [[String]] {
        model.groupScores.map {
            [
                $0.facet, $0.name, "\($0.exampleCount)", Self.share($0.unweightedAverageRecall),
                Self.share($0.calibrationError),
            ]
        }
    }

    private static func table(_ header: [String], _ rows: [[String]]) -> String {
        let head = header.map { "<th scope=\"col\">\(escaped($0))</th>" }.joined()
        let body = rows.map { "<tr>" + $0.map { "<td>\(escaped($0))</td>" }.joined() + "</tr>" }.joined(separator: "\n")
        return "<table>\n<thead><tr>\(head)</tr></thead>\n<tbody>\n\(body)\n</tbody>\n</table>"
    }

    private static func share(_ value: Double) -> String { String(format: "%.3f", value) }

    private static func escaped(_ text: String) -> String {
        text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
    }
}

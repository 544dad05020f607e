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
            <meta name="description" content="What this emotion model was fitted on, how well it does and what it is not for.">
            <meta name="color-scheme" content="light dark">
            <link rel="icon" href="/icon.svg" type="image/svg+xml">
            <link rel="stylesheet" href="/style.css">
            </head>
            <body>
            <main>
            <h1>The emotion model</h1>
            <p>\(classifier) over \(model.featureCount) acoustic features (\(Self.escaped(model.featureSet)), \
            version \(model.featureSetVersion)). Labels: \(labels). A label is named from a probability of \
            \(Self.share(model.unknownBelow)) on; below, the answer is “unknown”.</p>
            <h2>What it is not for</h2>
            <ul>
            \(EmotionModel.notFor.map { "<li>\(Self.escaped($0))</li>" }.joined(separator: "\n"))
            </ul>
            <h2>Data</h2>
            \(Self.table(["Corpus", "Licence", "Examples", "Speakers"], corpora))
            \(citations)\(committees)<h2>Scores on speakers that were not heard in training</h2>
            <p>Speakers were held out in \(model.evaluation.foldCount) groups, of the fit and of every choice.</p>
            \(Self.table(Self.overallHeader, overall))
            \(caveats)
            \(unknown)<h2>Confidence</h2>
            <p>How often the likeliest label was right (bars), by how sure the model was, on speakers that were not heard: \
            below the line it was too sure, above it not sure enough.</p>
            \(Self.diagram("Before calibration", model.reliabilityBefore))
            \(Self.diagram("After calibration", model.reliabilityAfter))
            \(dimensions)<h2>By label</h2>
            \(Self.table(["Label", "Examples"] + evaluations.map { "Recall, \($0.standardisation.rawValue)" }, recalls))
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

    /// A section on the answer "unknown"; nothing where the file does not say.
    private var unknown: String {
        let rows = evaluations.compactMap { evaluation in
            evaluation.answers.map {
                [
                    evaluation.standardisation.rawValue, Self.share($0.namedShare), Self.share($0.accuracy),
                    Self.share($0.unweightedAverageRecall), Self.share($0.refusedShare),
                ]
            }
        }
        guard !rows.isEmpty else { return "" }
        let header = ["Standardisation", "Named", "Of these right", "Unweighted average recall of these", "Not taken for speech"]
        return """
            <h2>When the answer is “unknown”</h2>
            <p>Where no label is likely enough, and where a recording is no speech of the kind that the model was fitted on: too \
            little of it can be measured or is voiced, or its features lie farther from the training data than those of 99 in 100 \
            recordings of speakers that were held out. The table counts held-out recordings. Of \(model.soundScores.count) kinds of \
            sounds that are no speech (\(Self.escaped(model.soundScores.map(\.name).joined(separator: ", ")))), \
            \(Self.share(model.soundScores.refusedShare)) get no label.</p>
            \(Self.table(header, rows))

            """
    }

    /// What a speaker's first recordings are heard by.
    private var classifier: String {
        model.kind == .committee ? "A committee of \(model.fittedKinds.count) classifiers" : Self.names[model.kind]!
    }

    /// A section on the members of committees; nothing where there is none.
    private var committees: String {
        let uses = [("first recordings", model.fittedKinds), ("later recordings", model.speakerFittedKinds)]
        let rows = uses.flatMap { use, kinds in
            kinds.filter { $0.weight != nil }.map { [use, Self.names[$0.kind]!, "\($0.penalty)", Self.share($0.weight!)] }
        }
        guard !rows.isEmpty else { return "" }
        return """
            <h2>Classifiers</h2>
            <p>A committee is the mean of the two kinds of classifier that did best on speakers that were held out. Their scores are \
            multiplied by weights, which make them equally sure of what they know, and added up.</p>
            \(Self.table(["For a speaker’s", "Classifier", "Penalty or shrinkage", "Weight"], rows))

            """
    }

    private static let names: [ClassifierKind: String] = [
        .logisticRegression: "Multinomial logistic regression", .supportVectors: "Linear support vector machines",
        .discriminant: "Linear discriminant analysis with a shrunken covariance", .network: "Networks of one hidden layer",
        .committee: "A committee",
    ]

    private var corpora: [[String]] {
        model.corpora.map { [$0.name, $0.licence, "\($0.exampleCount)", "\($0.speakerCount)"] }
    }

    /// How the corpora ask to be cited.
    private var citations: String {
        let texts = model.corpora.compactMap { corpus in corpus.citation.map { "\(corpus.name): \($0)" } }
        guard !texts.isEmpty else { return "" }
        return "<ul>\n" + texts.map { "<li>\(Self.escaped($0))</li>" }.joined(separator: "\n") + "\n</ul>\n"
    }

    /// One a standardisation, as far as the file has them.
    private var evaluations: [EmotionEvaluation] {
        [model.evaluation, model.speakerEvaluation] + (model.earlierEvaluation.map { [$0] } ?? [])
    }

    private static let overallHeader = [
        "Standardisation", "Unweighted average recall", "Right of all examples", "Calibration error before calibration",
        "after it",
    ]

    private var overall: [[String]] {
        evaluations.map {
            [$0.standardisation.rawValue]
                + [$0.unweightedAverageRecall, $0.accuracy, $0.calibrationErrorBefore, $0.calibrationErrorAfter].map(Self.share)
        }
    }

    private var recalls: [[String]] {
        model.labels.indices.map { label in
            [model.labels[label], "\(exampleCount(label))"] + evaluations.map { Self.share($0.recalls[label]) }
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

    /// A section on arousal, dominance and valence; nothing where the model has none.
    private var dimensions: String {
        guard !model.dimensions.isEmpty else { return "" }
        let rows = model.dimensions.map {
            [
                $0.name, "\($0.evaluation.exampleCount)", Self.share($0.evaluation.correlation),
                Self.share($0.evaluation.concordance), Self.share($0.evaluation.rootMeanSquareError),
            ]
        }
        return "<h2>Dimensions</h2>\n"
            + Self.table(["Dimension", "Examples", "Correlation", "Concordance", "Root mean square error"], rows) + "\n"
    }

    /// A reliability diagram.
    private static func diagram(_ title: String, _ bins: [ReliabilityBin]) -> String {
        let size = 200.0
        let bars = bins.filter { $0.exampleCount > 0 }.map { bin in
            let (x, width) = (bin.from * size, (bin.to - bin.from) * size)
            return "<rect x=\"\(x)\" y=\"\(pixel(size - bin.accuracy * size))\" width=\"\(pixel(width - 2))\" "
                + "height=\"\(pixel(bin.accuracy * size))\" fill=\"currentColor\" fill-opacity=\"0.35\">"
                + "<title>\(bin.exampleCount) examples, confidence \(share(bin.confidence)), right \(share(bin.accuracy))</title></rect>"
        }
        return """
            <figure class="reliability">
            <svg viewBox="-6 -6 212 212" width="212" height="212" role="img" aria-label="\(escaped(title))">
            <rect width="200" height="200" fill="none" stroke="currentColor"/>
            \(bars.joined(separator: "\n"))
            <line x1="0" y1="200" x2="200" y2="0" stroke="currentColor" stroke-dasharray="4"/>
            </svg>
            <figcaption>\(escaped(title))</figcaption>
            </figure>
            """
    }

    private static func pixel(_ value: Double) -> String { String(format: "%.1f", value) }

    private static func table(_ header: [String], _ rows: [[String]]) -> String {
        let head = header.map { "<th scope=\"col\">\(escaped($0))</th>" }.joined()
        let body = rows.map { "<tr>" + $0.map { "<td>\(escaped($0))</td>" }.joined() + "</tr>" }.joined(separator: "\n")
        return "<table>\n<thead><tr>\(head)</tr></thead>\n<tbody>\n\(body)\n</tbody>\n</table>"
    }

    static func share(_ value: Double) -> String { String(format: "%.3f", value) }

    static func escaped(_ text: String) -> String {
        text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
    }
}

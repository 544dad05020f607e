import Emotion

/// What the overall figures leave unsaid.
extension ModelCard {
    /// A paragraph on corpora, and one on what a speaker's own recordings change where the file says it.
    var caveats: String { ([acrossCorpora] + (earlier.map { [$0] } ?? [])).map { "<p>\($0)</p>" }.joined(separator: "\n") }

    /// Held-out examples of a label.
    func exampleCount(_ label: Int) -> Int { model.evaluation.confusion[label].reduce(0, +) }

    private var acrossCorpora: String {
        let elsewhere = """
            Recall is far lower, as a rule, on recordings of a corpus from which nothing was fitted; no figure here is of \
            such a corpus. Whoever has labelled recordings can measure it: <code>fairvoice model evaluate --test</code>.
            """
        guard model.corpora.count > 1 else {
            return "Every figure is of other speakers, but of the same corpus. " + elsewhere
        }
        let each = model.groupScores.filter { $0.facet == "corpus" }
            .map { "\(Self.escaped($0.name)) \(Self.share($0.unweightedAverageRecall))" }.joined(separator: ", ")
        let counts = model.labels.indices.sorted { (exampleCount($0), $0) < (exampleCount($1), $1) }
        return """
            The model was fitted on \(model.corpora.count) corpora at once, which differ, for instance, in rooms, microphones and \
            language. Where a label comes from one of them above all, corpus and label are mixed up: the model can then tell the \
            corpora apart in place of the emotions, and the recall over all of them \
            (\(Self.share(model.evaluation.unweightedAverageRecall))) flatters it\(each.isEmpty ? "" : "; by corpus: \(each)"). Labels \
            are uneven: \(text(counts.first!)), \(text(counts.last!)). \(elsewhere)
            """
    }

    private func text(_ label: Int) -> String { "\(exampleCount(label)) examples of \(Self.escaped(model.labels[label]))" }

    /// Against its speaker's earlier recordings beside against all speakers; nil where the file does not say.
    private var earlier: String? {
        guard let own = model.earlierEvaluation, model.speakerKind != nil else { return nil }
        let all = model.evaluation
        let labels = model.labels.indices.sorted {
            (own.recalls[$0] - all.recalls[$0], $0) < (own.recalls[$1] - all.recalls[$1], $1)
        }
        let changes = [labels.first!, labels.last!].map { label in
            "\(Self.escaped(model.labels[label])), from \(Self.share(all.recalls[label])) to \(Self.share(own.recalls[label]))"
        }
        return """
            As soon as there are \(EmotionModel.earlierCountMin) earlier recordings of a speaker, a server measures the next against \
            these (“earlier”); until then against all speakers. Compared with measuring all of them against all speakers \
            (“global”), average recall goes from \(Self.share(all.unweightedAverageRecall)) to \
            \(Self.share(own.unweightedAverageRecall)), and the share of all examples that is right from \(Self.share(all.accuracy)) \
            to \(Self.share(own.accuracy)): the average counts every label alike, the share counts frequent ones more. Of the \
            labels the extremes are \(changes.joined(separator: ", and ")).
            """
    }
}

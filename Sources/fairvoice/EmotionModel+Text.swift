import Emotion

extension EmotionModel {
    /// What was chosen for first recordings and for later ones, as a line names it.
    var kindsText: String {
        let texts = [fittedKinds, speakerFittedKinds].filter { !$0.isEmpty }.map { kinds in
            let names = kinds.map(\.kind.rawValue).joined(separator: " + ")
            return kinds[0].weight == nil ? names : "\(ClassifierKind.committee.rawValue) of \(names)"
        }
        return Set(texts).count == 1 ? texts[0] : texts.joined(separator: "; for known speakers ")
    }
}

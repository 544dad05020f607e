import Acoustics
import ArgumentParser
import Emotion

/// What a fit may use.
struct TrainingChoice: ParsableArguments {
    /// The sets of features that files are measured by.
    enum Features: String, ExpressibleByArgument, CaseIterable {
        case extended
        case egemaps

        var name: String { self == .extended ? ExtendedFeatureSet.name : FeatureSet.name }
        var version: Int { self == .extended ? ExtendedFeatureSet.version : FeatureSet.version }
        var count: Int { self == .extended ? ExtendedFeatureSet.names.count : FeatureSet.names.count }

        func values(of vector: ExtendedFeatureVector) -> [Float?] {
            self == .extended ? vector.values : vector.standard.values
        }
    }

    @Option(help: "The features: extended (397) or egemaps (the 88 alone).")
    var features = Features.extended

    @Option(
        name: .customLong("kind"),
        help: "A kind of classifier to choose from; may stand several times. Without it, all are tried.")
    var wantedKinds: [ClassifierKind] = []

    var kinds: [ClassifierKind] {
        wantedKinds.isEmpty ? ClassifierKind.allCases : ClassifierKind.allCases.filter(wantedKinds.contains)
    }
}

extension ClassifierKind: ExpressibleByArgument {}

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

    @Flag(help: "Leave out files that can't be measured, and name them on standard error, instead of refusing.")
    var skipUnreadable = false

    @Option(
        name: .customLong("kind"),
        help: "A kind of classifier to choose from; may stand several times. Without it, all are tried.")
    var wantedKinds: [ClassifierKind] = []

    /// What manifests name, in their order, each under a name of its own.
    ///
    /// - Parameter labels: those that are asked for; nil for all that Fairvoice knows.
    func folders(_ manifests: [String], labels: Set<String>? = nil) throws -> [TrainingFolder] {
        let names = try CorpusNames(manifests, option: "--data")
        return manifests.indices.map {
            TrainingFolder(
                manifest: manifests[$0], name: names.manifests[$0], corpus: names.corpora[$0], labels: labels, features: features,
                skipsUnreadable: skipUnreadable)
        }
    }

    /// What is no speech, measured by these features.
    var sounds: [Sound] {
        NonSpeech.sounds(sampleRateHz: FeatureExtractor.sampleRateHz) { samples in
            var extractor = FeatureExtractor(isExtended: true)
            extractor.append(samples)
            return features.values(of: extractor.finishExtended())
        }
    }

    var kinds: [ClassifierKind] {
        wantedKinds.isEmpty ? ClassifierKind.allCases : ClassifierKind.allCases.filter(wantedKinds.contains)
    }
}

extension ClassifierKind: ExpressibleByArgument {}

import Acoustics
import Domain
import Emotion

extension EmotionModel {
    /// Throws where the model was fitted on features that this program does not measure.
    public func requireMeasured() throws(ModelFileError) {
        guard featureSet != FeatureSet.name else {
            return try require(featureSet: FeatureSet.name, version: FeatureSet.version)
        }
        try require(featureSet: ExtendedFeatureSet.name, version: ExtendedFeatureSet.version)
    }

    /// Scores one recording by the features that the model was fitted on.
    ///
    /// - Parameter earlier: the extended vectors of the speaker's earlier recordings.
    public func score(_ features: ExtendedFeatureVector, earlier: [[Float?]] = []) -> EmotionScore {
        guard featureSet == FeatureSet.name else { return score(features.values, earlier: earlier) }
        let count = FeatureSet.names.count
        return score(features.standard.values, earlier: earlier.filter { $0.count >= count }.map { Array($0.prefix(count)) })
    }
}

extension FeatureValues {
    /// Name and version of the extended set, as vectors are kept under.
    static let extendedSet = "\(ExtendedFeatureSet.name) \(ExtendedFeatureSet.version)"

    init(_ features: ExtendedFeatureVector) { self.init(featureSet: Self.extendedSet, values: features.values) }
}

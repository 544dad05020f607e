import Acoustics

/// Whether a recording is speech of the kind that a model was fitted on: only then its labels mean anything.
///
/// A classifier divides all of its space among its labels, also where there was never any training data. So a recording
/// must be measurable, voiced, and no farther from the training data than nearly all speech of speakers that were held out.
struct SpeechTest: Sendable {
    /// The share of held-out training recordings that the farthest distance lets pass.
    static let quantile = 0.99
    /// Voiced share of a recording's time. Of acted speech 99 of 100 recordings have more.
    static let voicedShareMin = 0.05

    /// Places of the features that the voiced share follows from; nil where the set has none.
    private let voicing: (rate: Int, length: Int)?
    private let standardisation: Standardisation
    /// nil in files of programs that did not write it: any distance will do.
    let distanceMax: Double?

    init(featureSet: String, _ standardisation: Standardisation, distanceMax: Double?) {
        voicing = Self.voicing(in: featureSet)
        self.standardisation = standardisation
        self.distanceMax = distanceMax
    }

    /// - Parameter vector: as long as the standardisation.
    func doubt(about vector: [Float?]) -> Doubt? {
        let measuredCount = vector.count { $0?.isFinite == true }
        guard measuredCount > 0, Double(measuredCount) >= EmotionModel.measuredShareMin * Double(vector.count) else {
            return .littleMeasured
        }
        if let voicing {
            let share = Double(vector[voicing.rate] ?? 0) * Double(vector[voicing.length] ?? 0)
            // Also where it is no number.
            guard share >= Self.voicedShareMin else { return .littleVoiced }
        }
        if let distanceMax, standardisation.distance(vector) > distanceMax { return .unlikeTraining }
        return nil
    }

    /// The distance that `quantile` of some rows stay below, each measured against rows of other speakers.
    static func distanceMax(_ table: TrainingTable, rows: [Int]) -> Double {
        let folds = SpeakerFolds(rows.map { table.speakers[$0] }, countMax: EmotionTrainer.innerFoldCountMax)
        let distances = (0..<folds.count).flatMap { fold in
            let others = folds.outside(fold).map { table.vectors[rows[$0]] }
            let standardisation = Standardisation(others, featureCount: table.featureCount)
            return folds.inside(fold).map { standardisation.distance(table.vectors[rows[$0]]) }
        }.sorted()
        return distances[Int((quantile * Double(distances.count - 1)).rounded(.up))].toSixPlaces
    }

    /// Voiced segments a second, and their mean length in seconds.
    private static func voicing(in featureSet: String) -> (rate: Int, length: Int)? {
        // The extended set begins with the other.
        guard [FeatureSet.name, ExtendedFeatureSet.name].contains(featureSet),
            let rate = FeatureSet.index(of: "VoicedSegmentsPerSec"),
            let length = FeatureSet.index(of: "MeanVoicedSegmentLengthSec")
        else { return nil }
        return (rate, length)
    }

}

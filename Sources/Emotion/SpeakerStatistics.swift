/// What a speaker's own recordings say of the speaker's voice: a mean and deviation for each feature. While there are few
/// recordings they are drawn towards those of a speaker of whom nothing is known.
package enum SpeakerStatistics {
    /// So many recordings weigh as much as what is known of all speakers.
    package static let priorWeight = 4.0

    /// The mean and deviation of each feature for a speaker of whom nothing is known: the mean over the training speakers of
    /// their means, and the deviation inside of a speaker.
    static func prior(_ table: TrainingTable, rows: [Int]) -> Standardisation {
        let bySpeaker = Dictionary(grouping: rows) { table.speakers[$0] }.sorted { $0.key < $1.key }
        let own = bySpeaker.map { Moments($0.value.map { table.vectors[$0] }, featureCount: table.featureCount) }
        let features = 0..<table.featureCount
        return Standardisation(
            means: features.map { feature in
                let known = own.filter { $0.counts[feature] > 0 }
                return known.reduce(0) { $0 + $1.means[feature] } / Double(max(1, known.count))
            },
            deviations: features.map { feature in
                let known = own.filter { $0.counts[feature] > 1 }
                let variance = known.reduce(0) { $0 + $1.variances[feature] } / Double(max(1, known.count))
                return variance > 0 ? variance.squareRoot() : 1
            }
        ).rounded
    }

    /// The statistics after some recordings.
    package static func shrunk(_ vectors: [[Float?]], towards prior: Standardisation) -> Standardisation {
        let own = Moments(vectors, featureCount: prior.means.count)
        let features = prior.means.indices
        let means = features.map { feature in
            let count = Double(own.counts[feature])
            return (count * own.means[feature] + priorWeight * prior.means[feature]) / (count + priorWeight)
        }
        let deviations = features.map { feature in
            let count = Double(own.counts[feature])
            let known = prior.deviations[feature] * prior.deviations[feature]
            return ((count * own.variances[feature] + priorWeight * known) / (count + priorWeight)).squareRoot()
        }
        return Standardisation(means: means, deviations: deviations)
    }

    /// Counts, means and population variances of measured values.
    private struct Moments {
        let counts: [Int]
        let means: [Double]
        let variances: [Double]

        init(_ vectors: [[Float?]], featureCount: Int) {
            var (counts, means, variances) = ([Int](), [Double](), [Double]())
            for feature in 0..<featureCount {
                let values = vectors.compactMap { $0[feature].map(Double.init) }.filter(\.isFinite)
                let mean = values.reduce(0, +) / Double(max(1, values.count))
                counts.append(values.count)
                means.append(mean)
                variances.append(values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(max(1, values.count)))
            }
            self.counts = counts
            self.means = means
            self.variances = variances
        }
    }
}

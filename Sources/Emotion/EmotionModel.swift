/// A fitted model: a small file that holds everything that scoring needs and everything that its card says.
public struct EmotionModel: Sendable, Equatable {
    /// The data that it was fitted on.
    public struct Corpus: Sendable, Equatable {
        /// The folder's name.
        public var name: String
        /// As who trained it stated it.
        public var licence: String
        /// How the corpus asks to be cited; nil where nobody said.
        public var citation: String?
        /// Recordings that were fitted on.
        public var exampleCount: Int
        /// Speakers of these.
        public var speakerCount: Int
        /// SHA-256 over the sorted hashes of its files, in hexadecimal.
        public var sha256: String
        /// SHA-256 over a sorted line for each file, of its hash, speaker and label; nil in files of programs that did not write it.
        public var manifestSHA256: String?
        /// The first `fileHashDigitCount` hexadecimal digits of the SHA-256 of each file, sorted; empty in files of programs
        /// that did not write them.
        public var fileHashes: [String]

        /// Enough to find a file, and few enough for a small model; `sha256` is what no other files have.
        public static let fileHashDigitCount = 16

        /// What a model says of a corpus.
        public init(
            name: String, licence: String, citation: String? = nil, exampleCount: Int, speakerCount: Int, sha256: String,
            manifestSHA256: String? = nil, fileHashes: [String] = []
        ) {
            self.name = name
            self.licence = licence
            self.citation = citation
            self.exampleCount = exampleCount
            self.speakerCount = speakerCount
            self.sha256 = sha256
            self.manifestSHA256 = manifestSHA256
            self.fileHashes = fileHashes
        }
    }

    /// How held-out examples of one corpus, sex or speaker were recognised against global statistics, or after so many clips.
    public struct GroupScore: Sendable, Equatable {
        /// "corpus", "sex", "speaker", or "earlier clips": how many clips of the speaker were known before.
        public var facet: String
        /// Which corpus, sex, speaker (after the corpus and a slash) or range of clips.
        public var name: String
        /// Held-out examples of the group.
        public var exampleCount: Int
        /// Over the labels of which the group has `labelExampleCountMin` examples.
        public var unweightedAverageRecall: Double
        /// Expected calibration error with the temperature, over all of the group's examples.
        public var calibrationError: Double

        /// Recalls of fewer examples than this are chance, and would weigh as much as those of many.
        public static let labelExampleCountMin = 5
        /// Numbers of earlier clips that are told apart.
        static let earlierCounts = [0...4, 5...9, 10...19, 20...49, 50...199]
    }

    /// What is answered when no label is likely enough.
    public static let unknownLabel = "unknown"
    /// Share of the features that must have been measured for any label to be named.
    public static let measuredShareMin = 0.5

    /// With so many earlier recordings a speaker's own statistics are used.
    public static let earlierCountMin = 5
    /// No more of them are looked at: the newest.
    public static let earlierCountMax = 50

    /// The features that it was fitted on; vectors of another set or version mean something else.
    public let featureSet: String
    /// The set's version.
    public let featureSetVersion: Int
    /// In alphabetical order.
    public let labels: [String]
    /// Against all speakers.
    let scorer: Scorer
    /// How far from the training data a recording may lie to be named; nil in files of programs that did not write it.
    let distanceMax: Double?
    /// Against the speaker's own recordings; nil in files of programs that did not fit it.
    let speakerScorer: Scorer?
    /// What is known of a speaker of whom nothing is known; belongs to `speakerScorer`.
    let speakerPrior: Standardisation?
    /// Arousal, valence and dominance, as far as the training data is labelled with them, against all speakers.
    public let dimensions: [DimensionModel]
    /// What it was fitted on, in the order in which that was given.
    public let corpora: [Corpus]
    /// How models made in the same way do on speakers that they have not seen.
    public let evaluation: EmotionEvaluation
    /// The same, had every clip been measured against its speaker's other clips.
    public let speakerEvaluation: EmotionEvaluation
    /// The same, clip after clip as a server meets a speaker; nil in files of programs that did not write it.
    public let earlierEvaluation: EmotionEvaluation?
    /// `evaluation` told apart by corpus, sex and speaker, `earlierEvaluation` by earlier clips; empty in files of programs that did not write it.
    public let groupScores: [GroupScore]
    /// Confidence beside accuracy on speakers that were not heard, before the temperature; empty in files of programs that did
    /// not write it.
    public let reliabilityBefore: [ReliabilityBin]
    /// The same with the temperature.
    public let reliabilityAfter: [ReliabilityBin]
    /// What became of sounds that are no speech; empty in files of programs that did not write it.
    public let soundScores: [SoundScore]

    /// What the scores must not be used for; part of every file and card.
    public static let notFor = [
        "judging what a person feels: the training data is acted, and listeners often hear another emotion than was meant",
        "decisions about a person: health, work, school, police, credit, insurance",
        "languages, ages and ways of speaking other than the corpora's without a test of one's own",
        "deciding on pay without a person: a score is a hint for reviewers",
    ]

    /// The number of values in a vector.
    public var featureCount: Int { scorer.standardisation.means.count }

    /// What was chosen for a speaker's first recordings.
    public var kind: ClassifierKind { scorer.kind }
    /// What was chosen for a speaker of whom there are earlier recordings; nil where only the other is used.
    public var speakerKind: ClassifierKind? { speakerScorer?.kind }
    /// The classifiers of a speaker's first recordings: one, or a committee's members.
    public var fittedKinds: [FittedKind] { scorer.fittedKinds }
    /// Those of a speaker of whom there are earlier recordings; empty where only the others are used.
    public var speakerFittedKinds: [FittedKind] { speakerScorer?.fittedKinds ?? [] }

    /// The least probability at which a label is named: a fifth of the way from chance to certainty.
    public var unknownBelow: Double { Self.unknownBelow(labelCount: labels.count) }

    static func unknownBelow(labelCount: Int) -> Double {
        let chance = 1 / Double(labelCount)
        return chance + 0.2 * (1 - chance)
    }

    var speechTest: SpeechTest { SpeechTest(featureSet: featureSet, scorer.standardisation, distanceMax: distanceMax) }

    /// Scores one recording. One that is no speech of the kind that the model was fitted on, or a vector of another length than
    /// the model's, can't be scored: all labels are equally likely then, and the answer is "unknown".
    ///
    /// - Parameter earlier: the vectors of the speaker's earlier recordings, at most `earlierCountMax`.
    public func score(_ vector: [Float?], earlier: [[Float?]] = []) -> EmotionScore {
        guard vector.count == featureCount else { return refused(.littleMeasured) }
        if let doubt = speechTest.doubt(about: vector) { return refused(doubt) }
        let dimensions = self.dimensions.map {
            EmotionScore.Dimension(name: $0.name, value: $0.value(vector), deviation: $0.evaluation.rootMeanSquareError)
        }
        let comparable = earlier.filter { $0.count == featureCount }.suffix(Self.earlierCountMax)
        guard let speakerScorer, let speakerPrior, comparable.count >= Self.earlierCountMin else {
            return score(scorer.probabilities(vector), 0, dimensions)
        }
        let own = SpeakerStatistics.shrunk(comparable + [vector], towards: speakerPrior)
        return score(speakerScorer.probabilities(own.standardised(vector)), comparable.count, dimensions)
    }

    private func score(
        _ probabilities: [Double], _ earlierCount: Int, _ dimensions: [EmotionScore.Dimension]
    ) -> EmotionScore {
        let best = probabilities.indexOfLargest
        let isKnown = probabilities[best] >= unknownBelow
        return EmotionScore(
            distribution: zip(labels, probabilities).map { EmotionScore.Part(label: $0, probability: $1) },
            label: isKnown ? labels[best] : Self.unknownLabel, doubt: isKnown ? nil : .noLabelLikely,
            confidence: probabilities[best], earlierCount: earlierCount, dimensions: dimensions)
    }

    /// The answer to what is no speech of the model's kind.
    private func refused(_ doubt: Doubt) -> EmotionScore {
        let share = 1 / Double(labels.count)
        return EmotionScore(
            distribution: labels.map { EmotionScore.Part(label: $0, probability: share) }, label: Self.unknownLabel,
            doubt: doubt, confidence: share, earlierCount: 0, dimensions: [])
    }
}

extension [Double] {
    /// The first of the largest; the array is not empty.
    var indexOfLargest: Int { indices.reduce(0) { self[$1] > self[$0] ? $1 : $0 } }
}

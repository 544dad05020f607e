/// What a reviewer hears: a distribution over emotions and three ratings, or why the recording can't be used.
public struct Judgement: Hashable, Sendable {
    /// Thousandths that add up to 1000 within one; empty where the recording is not usable.
    public var emotions: [Emotion: Int64]
    /// From 1 (calm, unpleasant, controlled) to 9 (excited, pleasant, in control); nil where it is not usable.
    public var ratings: Ratings?
    public var isUsable: Bool
    /// Why not; empty where it is usable.
    public var reasons: [Review.Reason]

    public init(emotions: [Emotion: Int64], ratings: Ratings?, isUsable: Bool, reasons: [Review.Reason]) {
        self.emotions = emotions
        self.ratings = ratings
        self.isUsable = isUsable
        self.reasons = reasons
    }

    /// Self-assessment on nine steps (M. M. Bradley, P. J. Lang, 1994).
    public struct Ratings: Hashable, Sendable {
        public var arousal: Int64
        public var valence: Int64
        public var dominance: Int64

        public static let steps: ClosedRange<Int64> = 1...9

        public init(arousal: Int64, valence: Int64, dominance: Int64) {
            self.arousal = arousal
            self.valence = valence
            self.dominance = dominance
        }
    }

    /// The emotion with the greatest weight, the first in the order of the vocabulary of several; nil where none was heard.
    public var topEmotion: Emotion? { Self.top(of: emotions) }

    static func top(of weights: [Emotion: Int64]) -> Emotion? {
        guard let greatest = weights.values.max(), greatest > 0 else { return nil }
        return Emotion.allCases.first { weights[$0] == greatest }
    }
}

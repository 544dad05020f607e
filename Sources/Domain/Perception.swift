/// What reviewers together hear in a recording. It never changes anybody's pay.
public struct Perception: Hashable, Sendable {
    /// The emotion with the greatest sum of weights, the first in the order of the vocabulary of several.
    public var emotion: Emotion
    /// The share of reviewers who hear this emotion above all.
    public var agreement: Factor
    public var reviewCount: Int64

    /// Fewer reviews than this tell nothing.
    public static let reviewsMin = 3

    public init(emotion: Emotion, agreement: Factor, reviewCount: Int64) {
        self.emotion = emotion
        self.agreement = agreement
        self.reviewCount = reviewCount
    }

    /// Nil with fewer than `reviewsMin` judgements that hear an emotion.
    public init?(_ judgements: [Judgement]) {
        let heard = judgements.filter { $0.topEmotion != nil }
        guard heard.count >= Self.reviewsMin else { return nil }
        var sums: [Emotion: Int64] = [:]
        for judgement in heard { sums.merge(judgement.emotions, uniquingKeysWith: +) }
        guard let emotion = Judgement.top(of: sums) else { return nil }
        let agreeing = heard.count { $0.topEmotion == emotion }
        let share = Rounding.halfToEven(Int128(agreeing) * 1000, over: Int128(heard.count))
        self.init(emotion: emotion, agreement: Factor(thousandths: Int64(share)), reviewCount: Int64(heard.count))
    }
}

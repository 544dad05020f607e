/// What "unknown" costs and gains: how many examples are given a label, and how many of these rightly.
public struct AnswerCounts: Sendable, Equatable {
    /// Examples that were scored.
    public let exampleCount: Int
    /// Of these, so many are named.
    public let namedCount: Int
    /// Of these, so many rightly.
    public let rightCount: Int
    /// So many are not taken for speech that the model knows. The rest is speech without a label that is likely enough.
    public let refusedCount: Int
    /// Mean over labels, of those that have named examples, of the share of named examples that is right.
    public let unweightedAverageRecall: Double

    /// Share of the examples that are named.
    public var namedShare: Double { Double(namedCount) / Double(max(1, exampleCount)) }
    /// Share of the named examples that are named rightly.
    public var accuracy: Double { Double(rightCount) / Double(max(1, namedCount)) }
    /// Share of the examples that are not taken for speech.
    public var refusedShare: Double { Double(refusedCount) / Double(max(1, exampleCount)) }

    init(exampleCount: Int, namedCount: Int, rightCount: Int, refusedCount: Int, unweightedAverageRecall: Double) {
        self.exampleCount = exampleCount
        self.namedCount = namedCount
        self.rightCount = rightCount
        self.refusedCount = refusedCount
        self.unweightedAverageRecall = unweightedAverageRecall
    }

    /// - Parameters: for each example its class, the classes' probabilities, and why it was refused.
    init(_ classes: [Int], _ probabilities: [[Double]], _ refusals: [Doubt?], labelCount: Int) {
        let least = EmotionModel.unknownBelow(labelCount: labelCount)
        var (named, right) = ([Int](repeating: 0, count: labelCount), [Int](repeating: 0, count: labelCount))
        for (row, one) in classes.enumerated() where refusals[row] == nil {
            let best = probabilities[row].indexOfLargest
            guard probabilities[row][best] >= least else { continue }
            named[one] += 1
            right[one] += best == one ? 1 : 0
        }
        let recalls = zip(right, named).filter { $1 > 0 }.map { Double($0) / Double($1) }
        self.init(
            exampleCount: classes.count, namedCount: named.reduce(0, +), rightCount: right.reduce(0, +),
            refusedCount: refusals.count { $0 != nil },
            unweightedAverageRecall: recalls.reduce(0, +) / Double(max(1, recalls.count)))
    }
}

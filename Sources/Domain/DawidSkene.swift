/// How accurate each of several people is at naming the category of things, and what each thing most likely is, from their
/// answers alone (A. P. Dawid, A. M. Skene, Applied Statistics 28 (1979) 20–28), by expectation and maximisation.
///
/// Each person has a confusion table: how often they answer l where the truth is k. Few answers say little, so each row of
/// each table begins with `priorWeight` imagined answers, of which the share `priorAccuracy` is right and the rest spread
/// evenly; each category begins with `priorWeight` imagined things. Items whose truth is known keep it. The same answers in
/// the same order give the same figures: it begins with the shares of the votes and ends when nothing moves by more than
/// `tolerance`.
public struct DawidSkene: Sendable {
    /// One person's answer about one item, each by its number from 0.
    public struct Answer: Hashable, Sendable {
        public var item: Int
        public var person: Int
        public var category: Int

        public init(item: Int, person: Int, category: Int) {
            self.item = item
            self.person = person
            self.category = category
        }
    }

    /// Imagined answers in each row of a confusion table.
    public static let priorWeight = 1.0
    /// The share of them that is right.
    public static let priorAccuracy = 0.7
    static let tolerance = 1e-7
    static let roundsMax = 500

    /// For each item the probability of each category.
    public private(set) var truths: [[Double]]
    /// For each person, by true category, the probability of each answer.
    public private(set) var confusions: [[[Double]]]
    /// How common each category is.
    public private(set) var shares: [Double]
    /// Rounds until nothing moved.
    public private(set) var rounds = 0

    /// - Parameters:
    ///   - answers: at most one of a person about an item.
    ///   - known: the categories of items whose truth is known.
    public init(
        _ answers: [Answer], itemCount: Int, personCount: Int, categoryCount: Int, known: [Int: Int] = [:]
    ) {
        truths = Self.votes(answers, itemCount: itemCount, categoryCount: categoryCount, known: known)
        confusions = []
        shares = []
        var change = Double.infinity
        repeat {
            maximise(answers, personCount: personCount, categoryCount: categoryCount)
            change = expect(answers, known: known)
            rounds += 1
        } while change > Self.tolerance && rounds < Self.roundsMax
        maximise(answers, personCount: personCount, categoryCount: categoryCount)
    }

    /// How often a person is right, over the categories as common as they are.
    public func accuracy(of person: Int) -> Double {
        shares.indices.reduce(0) { $0 + shares[$1] * confusions[person][$1][$1] }
    }

    /// The most likely category of an item; the first of several.
    public func category(of item: Int) -> Int {
        var best = 0
        for category in truths[item].indices where truths[item][category] > truths[item][best] { best = category }
        return best
    }

    /// The share of the votes for each category; all alike where nobody voted.
    private static func votes(
        _ answers: [Answer], itemCount: Int, categoryCount: Int, known: [Int: Int]
    ) -> [[Double]] {
        var votes = [[Double]](repeating: [Double](repeating: 0, count: categoryCount), count: itemCount)
        for answer in answers { votes[answer.item][answer.category] += 1 }
        for item in votes.indices { normalise(&votes[item]) }
        for (item, category) in known { votes[item] = certainty(category, of: categoryCount) }
        return votes
    }

    private static func certainty(_ category: Int, of count: Int) -> [Double] {
        (0..<count).map { $0 == category ? 1 : 0 }
    }

    private static func normalise(_ values: inout [Double]) {
        let sum = values.reduce(0, +)
        for index in values.indices { values[index] = sum > 0 ? values[index] / sum : 1 / Double(values.count) }
    }

    /// Shares and confusions from what is believed of the items.
    private mutating func maximise(_ answers: [Answer], personCount: Int, categoryCount: Int) {
        shares = [Double](repeating: Self.priorWeight, count: categoryCount)
        for truth in truths { for category in truth.indices { shares[category] += truth[category] } }
        Self.normalise(&shares)
        let wrong = Self.priorWeight * (1 - Self.priorAccuracy) / Double(max(1, categoryCount - 1))
        let prior = (0..<categoryCount).map { truth in
            (0..<categoryCount).map { $0 == truth ? Self.priorWeight * Self.priorAccuracy : wrong }
        }
        confusions = [[[Double]]](repeating: prior, count: personCount)
        for answer in answers {
            for truth in 0..<categoryCount { confusions[answer.person][truth][answer.category] += truths[answer.item][truth] }
        }
        for person in confusions.indices { for truth in 0..<categoryCount { Self.normalise(&confusions[person][truth]) } }
    }

    /// What is believed of the items from shares and confusions; answers by how much it moved at most.
    private mutating func expect(_ answers: [Answer], known: [Int: Int]) -> Double {
        var beliefs = [[Double]](repeating: shares, count: truths.count)
        for answer in answers {
            for truth in shares.indices { beliefs[answer.item][truth] *= confusions[answer.person][truth][answer.category] }
            // Hundreds of answers about one item would come down to nothing.
            Self.normalise(&beliefs[answer.item])
        }
        for (item, category) in known { beliefs[item] = Self.certainty(category, of: shares.count) }
        var change = 0.0
        for item in beliefs.indices {
            for truth in shares.indices { change = max(change, abs(beliefs[item][truth] - truths[item][truth])) }
        }
        truths = beliefs
        return change
    }
}

/// What one kind and penalty make of the rows of a training side, each row by a fit that has not seen its speaker.
struct InnerTrial: Sendable {
    /// One of those that a committee is made of.
    struct Member: Sendable {
        let trial: InnerTrial
        let weight: Double
    }

    let kind: ClassifierKind
    /// nil of a committee.
    let penalty: Double?
    /// A committee's; empty otherwise.
    let members: [Member]
    /// For each row a score for each class.
    let scores: [[Double]]
    /// The one with the least log loss on these scores.
    let temperature: Temperature
    /// The mean log loss at that temperature: what kinds and penalties are chosen by.
    let logLoss: Double

    init(_ kind: ClassifierKind, penalty: Double, scores: [[Double]], classes: [Int]) {
        self.init(kind, penalty, [], scores, classes)
    }

    /// What the best of some kinds' trials say together.
    init(committee trials: [InnerTrial], classes: [Int]) {
        // Of equals the first; sorting alone would not promise that.
        let order = trials.indices.sorted { (trials[$0].logLoss, $0) < (trials[$1].logLoss, $1) }
        let best = order.prefix(Committee.memberCount).map { trials[$0] }
        let members = best.map { Member(trial: $0, weight: 1 / ($0.temperature.value * Double(best.count))) }
        let scores = classes.indices.map { row in Committee.sum(members.map { ($0.trial.scores[row], $0.weight) }) }
        self.init(.committee, nil, members, scores, classes)
    }

    private init(
        _ kind: ClassifierKind, _ penalty: Double?, _ members: [Member], _ scores: [[Double]], _ classes: [Int]
    ) {
        self.kind = kind
        self.penalty = penalty
        self.members = members
        self.scores = scores
        temperature = Temperature(fitting: scores, classes: classes)
        logLoss = temperature.logLoss(scores, classes)
    }

    /// The first of those with the least log loss; there is one.
    static func best(_ trials: [InnerTrial]) -> InnerTrial {
        trials.dropFirst().reduce(trials[0]) { $1.logLoss < $0.logLoss ? $1 : $0 }
    }
}

import Domain
import TestSupport
import Testing

@Suite struct DawidSkeneTests {
    /// People who are right as often as they are told, and wrong evenly; each item is seen by some of them.
    private struct Crowd {
        let truths: [Int]
        let answers: [DawidSkene.Answer]
        let accuracies: [Double]
        let categoryCount: Int

        init(accuracies: [Double], itemCount: Int, seenBy: Int, categoryCount: Int, seed: UInt64) {
            var chance = SeededRandom(seed: seed)
            var truths: [Int] = []
            var answers: [DawidSkene.Answer] = []
            for item in 0..<itemCount {
                let truth = Int.random(in: 0..<categoryCount, using: &chance)
                truths.append(truth)
                for person in accuracies.indices.shuffled(using: &chance).prefix(seenBy).sorted() {
                    let isRight = Double.random(in: 0..<1, using: &chance) < accuracies[person]
                    let wrong = (truth + Int.random(in: 1..<categoryCount, using: &chance)) % categoryCount
                    answers.append(.init(item: item, person: person, category: isRight ? truth : wrong))
                }
            }
            (self.truths, self.answers, self.accuracies, self.categoryCount) = (truths, answers, accuracies, categoryCount)
        }

        func model(known: [Int: Int] = [:]) -> DawidSkene {
            DawidSkene(
                answers, itemCount: truths.count, personCount: accuracies.count, categoryCount: categoryCount, known: known)
        }

        /// The share of items that the most votes get right; ties go to the first.
        var majorityShare: Double {
            var votes = [[Int]](repeating: [Int](repeating: 0, count: categoryCount), count: truths.count)
            for answer in answers { votes[answer.item][answer.category] += 1 }
            return share { item in votes[item].firstIndex(of: votes[item].max()!)! }
        }

        func share(_ category: (Int) -> Int) -> Double {
            Double(truths.indices.count { category($0) == truths[$0] }) / Double(truths.count)
        }
    }

    /// Two who hear well, two who are fair, four who mostly guess.
    private static let mixed = [0.95, 0.9, 0.7, 0.6, 0.35, 0.3, 0.3, 0.25]

    @Test(arguments: [1, 2, 3, 4, 5] as [UInt64]) func `accuracies are found again, and truths better than by votes`(
        seed: UInt64
    ) {
        let crowd = Crowd(accuracies: Self.mixed, itemCount: 1500, seenBy: 5, categoryCount: 4, seed: seed)
        let model = crowd.model()
        for (person, accuracy) in crowd.accuracies.enumerated() {
            #expect(abs(model.accuracy(of: person) - accuracy) < 0.06, "person \(person): \(model.accuracy(of: person))")
        }
        #expect(crowd.share(model.category) > crowd.majorityShare + 0.03)
    }

    @Test func `a liar's answers count the other way round`() {
        var crowd = Crowd(accuracies: [0.9, 0.9, 0.9, 0.9], itemCount: 600, seenBy: 4, categoryCount: 2, seed: 8)
        crowd = Crowd(accuracies: [0.9, 0.9, 0.9, 0.05], itemCount: 600, seenBy: 4, categoryCount: 2, seed: 8)
        let model = crowd.model()
        #expect(model.accuracy(of: 3) < 0.12)
        #expect(crowd.share(model.category) > 0.96)
    }

    @Test func `known items hold the truth against a majority that is wrong`() {
        // Three people always agree on the wrong category, one is right; only known items can tell.
        let truths = (0..<60).map { $0 % 3 }
        let answers = truths.enumerated().flatMap { item, truth in
            (0..<4).map { DawidSkene.Answer(item: item, person: $0, category: $0 == 3 ? truth : (truth + 1) % 3) }
        }
        let known = Dictionary(uniqueKeysWithValues: truths.enumerated().prefix(30).map { ($0, $1) })
        let without = DawidSkene(answers, itemCount: 60, personCount: 4, categoryCount: 3)
        let with = DawidSkene(answers, itemCount: 60, personCount: 4, categoryCount: 3, known: known)
        #expect(without.category(of: 59) == (truths[59] + 1) % 3 && without.accuracy(of: 3) < 0.3)
        #expect(with.category(of: 59) == truths[59] && with.accuracy(of: 3) > 0.9 && with.accuracy(of: 0) < 0.1)
    }

    @Test func `the same answers give the same figures, and without answers the prior stands`() {
        let crowd = Crowd(accuracies: Self.mixed, itemCount: 200, seenBy: 3, categoryCount: 5, seed: 3)
        let (one, other) = (crowd.model(), crowd.model())
        #expect(one.truths == other.truths && one.confusions == other.confusions && one.rounds == other.rounds)
        let nothing = DawidSkene([], itemCount: 0, personCount: 1, categoryCount: 9)
        #expect(abs(nothing.accuracy(of: 0) - DawidSkene.priorAccuracy) < 1e-12)
    }

    @Test func `hundreds of answers about one item do not run out of digits`() {
        let answers = (0..<2000).map { DawidSkene.Answer(item: 0, person: $0, category: $0 % 10 == 0 ? 1 : 0) }
        let model = DawidSkene(answers, itemCount: 1, personCount: 2000, categoryCount: 9)
        #expect(model.category(of: 0) == 0 && model.truths[0].allSatisfy { $0.isFinite })
    }
}

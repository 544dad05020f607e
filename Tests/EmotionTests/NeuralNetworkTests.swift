import Emotion
import Foundation
import TestSupport
import Testing

@Suite struct NeuralNetworkTests {
    @Test(arguments: [1, 7, 8, 13])
    func `the gradient is the slope of the loss`(featureCount: Int) {
        var random = SeededRandom(seed: 51)
        let rows = (0..<20).map { _ in (0..<featureCount).map { _ in Crowd.gaussian(&random) } }
        let classes = rows.indices.map { $0 % 3 }
        let loss = NetworkLoss(
            FeatureMatrix(rows, featureCount: featureCount), classes: classes, classCount: 3, hiddenCount: 8, penalty: 0.1)
        let place = loss.start(&random)
        var (gradient, ignored) = (place, place)
        _ = loss.value(at: place, gradient: &gradient)
        // Lanes behind the constant meet zeros only: there is nothing to check there.
        for index in place.indices {
            for lane in 0..<8 where gradient[index][lane] != 0 {
                var (above, below) = (place, place)
                above[index][lane] += 1e-5
                below[index][lane] -= 1e-5
                let slope = (loss.value(at: above, gradient: &ignored) - loss.value(at: below, gradient: &ignored)) / 2e-5
                #expect(abs(slope - gradient[index][lane]) < 1e-8)
            }
        }
        let weightCount = 8 * (featureCount + 1) + 3 * (8 + 1)
        #expect(gradient.reduce(0) { count, block in count + (0..<8).count { block[$0] != 0 } } == weightCount)
    }

    @Test func `it learns what no line can part`() {
        var random = SeededRandom(seed: 52)
        func points(_ count: Int) -> (rows: [[Double]], classes: [Int]) {
            let rows = (0..<count).map { _ in
                [Double.random(in: -2...2, using: &random), Double.random(in: -2...2, using: &random)]
            }
            return (rows, rows.map { $0[0] * $0[1] > 0 ? 1 : 0 })
        }
        let (rows, classes) = points(300)
        let network = NeuralNetwork(
            fitting: FeatureMatrix(rows, featureCount: 2), classes: classes, classCount: 2, penalty: 0.001)
        let (fresh, truth) = points(300)
        let right = zip(fresh, truth).count { row, one in
            let scores = network.scores(row)
            return (scores[1] > scores[0] ? 1 : 0) == one
        }
        #expect(right > 280)
        let again = NeuralNetwork(
            fitting: FeatureMatrix(rows, featureCount: 2), classes: classes, classCount: 2, penalty: 0.001)
        #expect(again == network)
    }

    @Test func `the mean of networks says the mean of what each says, and errs no more than they do on average`() {
        let examples = Crowd(featureCount: 80, speakerCount: 4, clipCount: 10, distance: 1.5).examples
        let labels = Crowd().labels
        func table(_ examples: [TrainingExample]) -> (rows: [[Double]], classes: [Int]) {
            (examples.map { $0.vector.map { Double($0 ?? 0) } }, examples.map { labels.firstIndex(of: $0.label)! })
        }
        let (rows, classes) = table(examples)
        func network(_ seeds: [UInt64]) -> NeuralNetwork {
            NeuralNetwork(
                fitting: FeatureMatrix(rows, featureCount: 80), classes: classes, classCount: 3, penalty: 0.03, seeds: seeds)
        }
        let members = [1, 2, 3].map { network([$0]) }
        let mean = network([1, 2, 3])
        #expect(members[0] != members[1] && mean == NeuralNetwork(averaging: members))
        let fresh = table(Crowd(featureCount: 80, distance: 1.5, seed: 2).examples)
        for row in fresh.rows.prefix(20) {
            for (one, score) in mean.scores(row).enumerated() {
                #expect(abs(score - members.reduce(0) { $0 + $1.scores(row)[one] / 3 }) < 1e-12)
            }
        }
        let losses = (members + [mean]).map { network in
            Temperature.one.logLoss(fresh.rows.map(network.scores), fresh.classes)
        }
        #expect(losses[3] < losses.prefix(3).reduce(0, +) / 3)
    }
}

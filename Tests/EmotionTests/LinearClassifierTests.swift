import Emotion
import Foundation
import TestSupport
import Testing

@Suite struct LinearClassifierTests {
    private func problem(seed: UInt64, featureCount: Int) -> (rows: [[Double]], classes: [Int]) {
        var random = SeededRandom(seed: seed)
        let rows = (0..<60).map { _ in (0..<featureCount).map { _ in Crowd.gaussian(&random) } }
        let classes = rows.indices.map { index in
            rows[index][0] + Crowd.gaussian(&random) > 0.3 ? 2 : Int.random(in: 0...1, using: &random)
        }
        return (rows, classes)
    }

    @Test(arguments: [1, 7, 8, 13], [Criterion.logLoss, .squaredHinge])
    func `the gradient is the slope of the loss`(featureCount: Int, criterion: Criterion) {
        let (rows, classes) = problem(seed: 11, featureCount: featureCount)
        let loss = LinearLoss(
            FeatureMatrix(rows, featureCount: featureCount), criterion, classes: classes, classCount: 3, penalty: 0.1)
        var random = SeededRandom(seed: 12)
        let blockCount = loss.parameterCount / 3
        var place = QuasiNewton.Vector(repeating: .zero, count: loss.parameterCount)
        for index in place.indices {
            for lane in 0..<8 where index % blockCount * 8 + lane <= featureCount { place[index][lane] = Crowd.gaussian(&random) }
        }
        var gradient = place
        var ignored = place
        _ = loss.value(at: place, gradient: &gradient)
        for index in place.indices {
            for lane in 0..<8 where index % blockCount * 8 + lane <= featureCount {
                var (above, below) = (place, place)
                above[index][lane] += 1e-5
                below[index][lane] -= 1e-5
                let slope = (loss.value(at: above, gradient: &ignored) - loss.value(at: below, gradient: &ignored)) / 2e-5
                #expect(abs(slope - gradient[index][lane]) < 1e-8)
            }
        }
    }

    @Test(arguments: [Criterion.logLoss, .squaredHinge])
    func `the fit is where the loss is least`(criterion: Criterion) {
        let (rows, classes) = problem(seed: 21, featureCount: 5)
        let matrix = FeatureMatrix(rows, featureCount: 5)
        let loss = LinearLoss(matrix, criterion, classes: classes, classCount: 3, penalty: 0.01)
        var gradient = QuasiNewton.Vector(repeating: .zero, count: loss.parameterCount)
        let place = QuasiNewton.minimum(from: gradient) { loss.value(at: $0, gradient: &$1) }
        _ = loss.value(at: place, gradient: &gradient)
        #expect(gradient.allSatisfy { max($0.max(), -$0.min()) < 1e-5 })
    }

    @Test func `a path ends where a direct fit ends`() {
        let (rows, classes) = problem(seed: 31, featureCount: 5)
        let matrix = FeatureMatrix(rows, featureCount: 5)
        func fit(_ penalties: [Double]) -> LinearClassifier {
            LinearClassifier.path(matrix, .logLoss, classes: classes, classCount: 3, penalties: penalties).last!
        }
        for (one, other) in zip(fit([1, 0.1, 0.01]).weights.joined(), fit([0.01]).weights.joined()) {
            #expect(abs(one - other) < 1e-3)
        }
    }

    @Test func `a class without rows gets no weight and does no harm`() {
        let (rows, classes) = problem(seed: 41, featureCount: 3)
        let fit = LinearClassifier.path(
            FeatureMatrix(rows, featureCount: 3), .logLoss, classes: classes, classCount: 4, penalties: [0.1])[0]
        #expect(fit.weights.joined().allSatisfy { $0.isFinite })
        #expect(rows.allSatisfy { row in fit.scores(row).dropLast().max()! > fit.scores(row)[3] })
    }

    @Test func `classes that lie apart are parted with a margin by support vectors`() {
        let rows = (0..<40).map { index -> [Double] in
            let side = index % 2 == 0 ? 2.0 : -2.0
            return [side + Double(index) / 100, Double(index % 5)]
        }
        let fit = LinearClassifier.path(
            FeatureMatrix(rows, featureCount: 2), .squaredHinge, classes: rows.indices.map { $0 % 2 }, classCount: 2,
            penalties: [0.001])[0]
        for (index, row) in rows.enumerated() {
            let scores = fit.scores(row)
            #expect(scores[index % 2] > 0.9 && scores[1 - index % 2] < -0.9)
        }
    }

    @Test func `the bowl of Rosenbrock's kind is walked to its bottom`() {
        // A narrow convex valley: (x - 1)^2 + 1000 (y - x)^2.
        let bottom = QuasiNewton.minimum(from: [SIMD8(-3, 5, 0, 0, 0, 0, 0, 0)]) { place, gradient in
            let (x, y) = (place[0][0], place[0][1])
            gradient[0] = SIMD8(2 * (x - 1) - 2000 * (y - x), 2000 * (y - x), 0, 0, 0, 0, 0, 0)
            return (x - 1) * (x - 1) + 1000 * (y - x) * (y - x)
        }
        #expect(abs(bottom[0][0] - 1) < 1e-4 && abs(bottom[0][1] - 1) < 1e-4)
    }
}

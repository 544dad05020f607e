import Emotion
import Foundation
import TestSupport
import Testing

@Suite struct LinearDiscriminantTests {
    /// Gaussians of one covariance, whose two features go together.
    private func points(_ counts: [Int], means: [[Double]], seed: UInt64) -> (rows: [[Double]], classes: [Int]) {
        var random = SeededRandom(seed: seed)
        let classes = counts.indices.flatMap { one in [Int](repeating: one, count: counts[one]) }
        let rows = classes.map { one in
            let (first, second) = (Crowd.gaussian(&random), Crowd.gaussian(&random))
            return [means[one][0] + first, means[one][1] + 0.8 * first + 0.6 * second]
        }
        return (rows, classes)
    }

    private func discriminant(_ rows: [[Double]], _ classes: [Int], _ classCount: Int) -> LinearDiscriminant {
        LinearDiscriminant(FeatureMatrix(rows, featureCount: rows[0].count), classes: classes, classCount: classCount)
    }

    @Test func `score differences are the log odds of the Gaussians that the rows were drawn from`() {
        let means = [[0.0, 0], [1, 0], [0, -1]]
        let (rows, classes) = points([40_000, 20_000, 30_000], means: means, seed: 62)
        let classifier = discriminant(rows, classes, 3).classifier(shrinkage: 1e-9)
        func logDensity(_ row: [Double], _ mean: [Double]) -> Double {
            let (x, y) = (row[0] - mean[0], row[1] - mean[1])
            return -(x * x - 1.6 * x * y + y * y) / (2 * 0.36)
        }
        for row in [[0.0, 0], [2, 1], [-1, 1], [0.5, -0.5]] {
            let scores = classifier.scores(row)
            for one in 1..<3 {
                let truth = logDensity(row, means[one]) - logDensity(row, means[0])
                #expect(abs(scores[one] - scores[0] - truth) < 0.15)
            }
        }
    }

    @Test func `wholly shrunken, the nearest mean is the likeliest`() {
        let (rows, classes) = points([50, 50, 50], means: [[0, 0], [2, 0], [0, 2]], seed: 63)
        let classifier = discriminant(rows, classes, 3).classifier(shrinkage: 1)
        let means = (0..<3).map { one in
            (0..<2).map { feature in zip(rows, classes).reduce(0) { $0 + ($1.1 == one ? $1.0[feature] / 50 : 0) } }
        }
        var random = SeededRandom(seed: 64)
        for _ in 0..<200 {
            let row = (0..<2).map { _ in Double.random(in: -3...4, using: &random) }
            let scores = classifier.scores(row)
            let distances = means.map { pow(row[0] - $0[0], 2) + pow(row[1] - $0[1], 2) }
            #expect(scores.indices.max { scores[$0] < scores[$1] } == distances.indices.min { distances[$0] < distances[$1] })
        }
    }

    @Test func `how many rows a class has changes nothing`() {
        let (rows, classes) = points([30, 30], means: [[0, 0], [1, 0]], seed: 65)
        let once = discriminant(rows, classes, 2).classifier(shrinkage: 0.2)
        let thrice = discriminant(rows + rows[30...] + rows[30...], classes + classes[30...] + classes[30...], 2)
            .classifier(shrinkage: 0.2)
        for row in rows { for (one, other) in zip(once.scores(row), thrice.scores(row)) { #expect(abs(one - other) < 1e-9) } }
    }

    @Test func `a class without rows is never the likeliest`() {
        let (rows, classes) = points([30, 0, 30], means: [[0, 0], [9, 9], [3, 0]], seed: 66)
        let classifier = discriminant(rows, classes, 3).classifier(shrinkage: 0.3)
        var random = SeededRandom(seed: 67)
        for _ in 0..<500 {
            let scores = classifier.scores((0..<2).map { _ in Double.random(in: -20...20, using: &random) })
            #expect(scores[1] < max(scores[0], scores[2]))
        }
    }

    @Test func `rows that are all the same are told apart by nothing`() {
        let rows = [[Double]](repeating: [1, 2], count: 6)
        let scores = discriminant(rows, [0, 1, 0, 1, 0, 1], 2).classifier(shrinkage: 0.5).scores([1, 2])
        #expect(scores.allSatisfy(\.isFinite) && abs(scores[0] - scores[1]) < 1e-12)
    }
}

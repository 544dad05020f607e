import Foundation

/// Multinomial logistic regression with an L2 penalty, fitted by L-BFGS (Nocedal and Wright 2006, algorithm 7.5) with
/// backtracking. Full batches in a fixed order: the same data give the same weights.
struct LogisticRegression {
    /// A row for each class: weights of the features, then the intercept.
    let weights: [[Double]]

    private static let iterationCountMax = 200
    private static let historyCount = 10
    private static let gradientTolerance = 1e-5

    /// - Parameters:
    ///   - rows: standardised features.
    ///   - classes: the class of each row, below `classCount`.
    ///   - penalty: weight of half the squared norm of all weights but intercepts, against the mean loss.
    init(rows: [[Double]], classes: [Int], classCount: Int, penalty: Double) {
        let width = (rows.first?.count ?? 0) + 1
        var counts = [Double](repeating: 0, count: classCount)
        for one in classes { counts[one] += 1 }
        let present = Double(counts.count { $0 > 0 })
        // Every class weighs the same, however many examples it has.
        let importance = classes.map { 1 / (counts[$0] * present) }
        var point = [Double](repeating: 0, count: classCount * width)
        var (value, gradient) = Self.loss(point, rows, classes, importance, classCount, width, penalty)
        var steps: [[Double]] = []
        var changes: [[Double]] = []
        for _ in 0..<Self.iterationCountMax {
            if gradient.allSatisfy({ abs($0) < Self.gradientTolerance }) { break }
            var direction = Self.direction(gradient, steps, changes)
            var slope = Self.dot(direction, gradient)
            if slope >= 0 {
                direction = gradient.map { -$0 }
                slope = -Self.dot(gradient, gradient)
            }
            var length = steps.isEmpty ? min(1, 1 / Self.dot(gradient, gradient).squareRoot()) : 1
            var next = point
            var (nextValue, nextGradient) = (value, gradient)
            while length > 1e-12 {
                next = zip(point, direction).map { $0 + length * $1 }
                (nextValue, nextGradient) = Self.loss(next, rows, classes, importance, classCount, width, penalty)
                if nextValue <= value + 1e-4 * length * slope { break }
                length /= 2
            }
            guard nextValue < value else { break }
            let step = zip(next, point).map { $0 - $1 }
            let change = zip(nextGradient, gradient).map { $0 - $1 }
            if Self.dot(step, change) > 1e-12 {
                steps.append(step)
                changes.append(change)
                if steps.count > Self.historyCount {
                    steps.removeFirst()
                    changes.removeFirst()
                }
            }
            (point, value, gradient) = (next, nextValue, nextGradient)
        }
        weights = (0..<classCount).map { Array(point[$0 * width..<($0 + 1) * width]) }
    }

    /// The two-loop recursion: minus the approximate inverse Hessian times the gradient.
    private static func direction(_ gradient: [Double], _ steps: [[Double]], _ changes: [[Double]]) -> [Double] {
        var q = gradient
        var alphas: [Double] = []
        for index in steps.indices.reversed() {
            let alpha = dot(steps[index], q) / dot(steps[index], changes[index])
            alphas.append(alpha)
            for i in q.indices { q[i] -= alpha * changes[index][i] }
        }
        if let step = steps.last, let change = changes.last {
            let scale = dot(step, change) / dot(change, change)
            for i in q.indices { q[i] *= scale }
        }
        for (index, alpha) in zip(steps.indices, alphas.reversed()) {
            let beta = dot(changes[index], q) / dot(steps[index], changes[index])
            for i in q.indices { q[i] += (alpha - beta) * steps[index][i] }
        }
        return q.map { -$0 }
    }

    /// The penalised mean loss and its gradient.
    private static func loss(
        _ point: [Double], _ rows: [[Double]], _ classes: [Int], _ importance: [Double], _ classCount: Int, _ width: Int,
        _ penalty: Double
    ) -> (Double, [Double]) {
        var value = 0.0
        var gradient = [Double](repeating: 0, count: point.count)
        var scores = [Double](repeating: 0, count: classCount)
        point.withUnsafeBufferPointer { point in
            gradient.withUnsafeMutableBufferPointer { gradient in
                for (index, row) in rows.enumerated() {
                    row.withUnsafeBufferPointer { row in
                        for one in 0..<classCount {
                            let base = one * width
                            var sum = point[base + width - 1]
                            for i in 0..<width - 1 { sum += point[base + i] * row[i] }
                            scores[one] = sum
                        }
                        let largest = scores.max() ?? 0
                        let total = scores.reduce(0) { $0 + exp($1 - largest) }
                        value += importance[index] * (log(total) + largest - scores[classes[index]])
                        for one in 0..<classCount {
                            let base = one * width
                            let residual =
                                importance[index] * (exp(scores[one] - largest) / total - (one == classes[index] ? 1 : 0))
                            for i in 0..<width - 1 { gradient[base + i] += residual * row[i] }
                            gradient[base + width - 1] += residual
                        }
                    }
                }
                for i in point.indices where i % width != width - 1 {
                    value += penalty / 2 * point[i] * point[i]
                    gradient[i] += penalty * point[i]
                }
            }
        }
        return (value, gradient)
    }

    private static func dot(_ one: [Double], _ other: [Double]) -> Double {
        var sum = 0.0
        for index in one.indices { sum += one[index] * other[index] }
        return sum
    }
}

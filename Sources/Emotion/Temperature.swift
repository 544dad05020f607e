import Foundation

/// Divides scores before they become probabilities, so that these say how often they are right (Guo et al., On Calibration
/// of Modern Neural Networks, ICML 2017, section 4.2).
package struct Temperature: Sendable, Equatable {
    package let value: Double

    package static let one = Temperature(value: 1)

    private static let range = 0.05...20.0
    private static let stepCount = 60

    package init(value: Double) { self.value = value }

    /// The temperature with the least log loss on held-out scores, by golden-section search over its logarithm.
    package init(fitting scores: [[Double]], classes: [Int]) {
        func loss(_ logarithm: Double) -> Double {
            Temperature(value: exp(logarithm)).logLoss(scores, classes)
        }
        let golden = (5.0.squareRoot() - 1) / 2
        var (low, high) = (log(Self.range.lowerBound), log(Self.range.upperBound))
        for _ in 0..<Self.stepCount {
            let (one, other) = (high - golden * (high - low), low + golden * (high - low))
            if loss(one) < loss(other) { high = other } else { low = one }
        }
        value = exp((low + high) / 2)
    }

    /// Probabilities that add up to 1.
    package func probabilities(_ scores: [Double]) -> [Double] {
        let largest = scores.max() ?? 0
        let powers = scores.map { exp(($0 - largest) / value) }
        let total = powers.reduce(0, +)
        return powers.map { $0 / total }
    }

    /// The mean log loss.
    package func logLoss(_ scores: [[Double]], _ classes: [Int]) -> Double {
        let losses = zip(scores, classes).map { -log(max(.leastNormalMagnitude, probabilities($0)[$1])) }
        return losses.reduce(0, +) / Double(max(1, losses.count))
    }
}

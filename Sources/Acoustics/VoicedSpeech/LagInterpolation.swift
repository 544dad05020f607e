import Foundation

/// Finds the top of an autocorrelation between its lags, by a sinc of 32 lags under a Kaiser window.
///
/// At 35 dB the correlation stands 3 · 10⁻⁴ under 1, so the interpolation must be right to a few 10⁻⁵ at every fraction of a lag:
/// a window of shape 9 (Kaiser and Schafer 1980, IEEE Trans. ASSP 28(1), 105-107) ripples by less than that up to 6.7 kHz, and
/// each fraction's weights are scaled to sum to 1, so that what is constant stays so.
struct LagInterpolation: Sendable {
    /// Lags needed to either side of the one around which the top is looked for.
    static let halfWidth = 16
    private static let shape = 9.0
    /// Fractions of a lag that have weights; between them a parabola is exact to 10⁻⁷.
    private static let stepsPerLag = 16

    /// For each fraction 0, 1/16 … 1 the weights of the lags from 15 before to 16 behind.
    private let weights: [[Double]] = (0...stepsPerLag).map { step in
        let fraction = Double(step) / Double(stepsPerLag)
        let row = (1 - halfWidth...halfWidth).map { weight(fraction - Double($0)) }
        let sum = row.reduce(0, +)
        return row.map { $0 / sum }
    }

    /// The place, as an index, and the height of the top within one lag of an index that has `halfWidth` neighbours on both
    /// sides.
    func top(of correlations: [Double], around index: Int) -> (place: Double, height: Double) {
        let (left, right) = (correlations[index - 1], correlations[index + 1])
        let bend = left - 2 * correlations[index] + right
        let guess = bend < 0 ? 0.5 * (left - right) / bend : 0
        var step = Int((Double(Self.stepsPerLag) * min(0.9, max(-0.9, guess))).rounded())
        var (before, here, after) = (
            value(correlations, index, step - 1), value(correlations, index, step), value(correlations, index, step + 1)
        )
        while before > here, step - 1 > -Self.stepsPerLag {
            step -= 1
            (before, here, after) = (value(correlations, index, step - 1), before, here)
        }
        while after > here, step + 1 < Self.stepsPerLag {
            step += 1
            (before, here, after) = (here, after, value(correlations, index, step + 1))
        }
        let curve = before - 2 * here + after
        let offset = curve < 0 ? min(1, max(-1, 0.5 * (before - after) / curve)) : 0
        let place = Double(index) + (Double(step) + offset) / Double(Self.stepsPerLag)
        return (place, here - 0.25 * (before - after) * offset)
    }

    /// The correlation so many steps from an index, at most a lag.
    private func value(_ correlations: [Double], _ index: Int, _ step: Int) -> Double {
        let first = index - (step < 0 ? Self.halfWidth : Self.halfWidth - 1)
        return weights[step < 0 ? step + Self.stepsPerLag : step].withUnsafeBufferPointer { row in
            correlations.withUnsafeBufferPointer { correlations in
                var sum = 0.0
                for tap in row.indices { sum += row[tap] * correlations[first + tap] }
                return sum
            }
        }
    }

    private static func weight(_ distance: Double) -> Double {
        guard abs(distance) > 1e-9 else { return 1 }
        let share = distance / Double(halfWidth)
        return bessel(shape * max(0, 1 - share * share).squareRoot()) / bessel(shape) * sin(.pi * distance) / (.pi * distance)
    }

    /// The modified Bessel function of order 0, by its power series.
    private static func bessel(_ x: Double) -> Double {
        var (sum, term) = (1.0, 1.0)
        for index in 1...40 {
            term *= (x / 2 / Double(index)) * (x / 2 / Double(index))
            sum += term
        }
        return sum
    }
}

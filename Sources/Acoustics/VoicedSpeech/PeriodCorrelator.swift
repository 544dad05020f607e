import Foundation

/// Compares a long frame with itself one period later, at full bandwidth: exact period and harmonicity.
///
/// Both stretches lie within the frame and are normalised by their own energies, so that a perfectly periodic signal
/// correlates by 1 whatever the window, and between the lags the correlation is interpolated by a windowed sinc.
struct PeriodCorrelator: Sendable {
    struct Match: Sendable {
        /// In samples.
        let period: Double
        /// At most 1 - 1e-6.
        let correlation: Double
    }

    private static let length = 640
    private static let sincHalfWidth = 8
    private static let turn = (cos: cos(Double.pi / 8), sin: sin(Double.pi / 8))

    private let window = Window.gaussian(length, deviation: 0.4)
    private var frame = [Float](repeating: 0, count: FrameGrid.longLength)
    private var weighted = [Float](repeating: 0, count: length)
    private var correlations: [Double] = []

    /// The best match within about 2 % of the period; nil for a frame without energy.
    mutating func match(_ samples: UnsafePointer<Float>, period: Double) -> Match? {
        let centre = Int(period.rounded())
        let reach = max(1, Int((period * 0.02).rounded(.up)))
        let lags = max(1, centre - reach - Self.sincHalfWidth)...centre + reach + Self.sincHalfWidth
        load(samples, lag: centre)
        let start = (FrameGrid.longLength - Self.length - centre) / 2
        guard correlate(from: start, lags: lags) else { return nil }
        var best = reach + Self.sincHalfWidth - (lags.lowerBound - (centre - reach - Self.sincHalfWidth))
        for index in correlations.indices where abs(lags.lowerBound + index - centre) <= reach {
            if correlations[index] > correlations[best] { best = index }
        }
        let (place, height) = climb(from: Double(best))
        let energies = energy(at: Double(start)) * energy(at: place + Double(start + lags.lowerBound))
        let exact = height / max(1e-30, energies).squareRoot()
        return Match(period: Double(lags.lowerBound) + place, correlation: min(1 - 1e-6, exact))
    }

    /// The frame without its mean; the weighted first stretch.
    private mutating func load(_ samples: UnsafePointer<Float>, lag: Int) {
        var sum: Float = 0
        for index in 0..<FrameGrid.longLength { sum += samples[index] }
        let mean = sum / Float(FrameGrid.longLength)
        for index in 0..<FrameGrid.longLength { frame[index] = samples[index] - mean }
        let start = (FrameGrid.longLength - Self.length - lag) / 2
        for index in 0..<Self.length { weighted[index] = frame[start + index] * window[index] }
    }

    /// Products with every lag; false for a frame without energy.
    private mutating func correlate(from start: Int, lags: ClosedRange<Int>) -> Bool {
        correlations.removeAll(keepingCapacity: true)
        let last = FrameGrid.longLength - Self.length
        guard energy(at: start) > 0, energy(at: min(last, start + lags.lowerBound)) > 0 else { return false }
        for lag in lags {
            let isInside = start + lag <= last
            correlations.append(isInside ? Double(product(at: start + lag)) : 0)
        }
        return true
    }

    /// Between two samples the energy is interpolated.
    private func energy(at place: Double) -> Double {
        let last = FrameGrid.longLength - Self.length
        let whole = min(last, Int(place))
        let (left, right) = (energy(at: whole), energy(at: min(last, whole + 1)))
        return left + (place - Double(whole)) * (right - left)
    }

    private func energy(at start: Int) -> Double {
        frame.withUnsafeBufferPointer { frame in
            window.withUnsafeBufferPointer { window in
                var sum = SIMD4<Float>.zero
                for index in stride(from: 0, to: Self.length, by: 4) {
                    let x = Self.load(frame, start + index)
                    sum += x * x * Self.load(window, index)
                }
                return Double(sum.sum())
            }
        }
    }

    private func product(at start: Int) -> Float {
        frame.withUnsafeBufferPointer { frame in
            weighted.withUnsafeBufferPointer { weighted in
                var sum = SIMD4<Float>.zero
                var other = SIMD4<Float>.zero
                for index in stride(from: 0, to: Self.length, by: 8) {
                    sum += Self.load(frame, start + index) * Self.load(weighted, index)
                    other += Self.load(frame, start + index + 4) * Self.load(weighted, index + 4)
                }
                return (sum + other).sum()
            }
        }
    }

    @inline(__always)
    private static func load(_ values: UnsafeBufferPointer<Float>, _ index: Int) -> SIMD4<Float> {
        UnsafeRawPointer(values.baseAddress! + index).loadUnaligned(as: SIMD4<Float>.self)
    }

    /// The maximum of the interpolated correlation around an index: parabolas of shrinking width.
    private func climb(from index: Double) -> (place: Double, height: Double) {
        var place = index
        var height = interpolated(place)
        for step in [0.5, 0.1, 0.02] {
            let (left, right) = (interpolated(place - step), interpolated(place + step))
            let bend = left - 2 * height + right
            guard bend < 0 else { continue }
            place += step * min(1, max(-1, 0.5 * (left - right) / bend))
            height = interpolated(place)
        }
        return (place, height)
    }

    private func interpolated(_ place: Double) -> Double {
        let whole = Int(place.rounded(.down))
        let fraction = place - Double(whole)
        guard fraction > 1e-9 else { return correlations[max(0, min(correlations.count - 1, whole))] }
        // sin(pi (x - n)) alternates in sign, and the window's cosine turns by pi / 8 from lag to lag.
        let sine = sin(.pi * fraction) / .pi
        let width = Self.sincHalfWidth
        let first = max(0, whole - width + 1)
        var angle = (
            cos: cos(.pi * (place - Double(first)) / Double(width)), sin: sin(.pi * (place - Double(first)) / Double(width))
        )
        var sign = (first - whole) & 1 == 0 ? sine : -sine
        var sum = 0.0
        for index in first...min(correlations.count - 1, whole + width) {
            sum += correlations[index] * (0.5 + 0.5 * angle.cos) * sign / (place - Double(index))
            sign = -sign
            angle = (
                angle.cos * Self.turn.cos + angle.sin * Self.turn.sin, angle.sin * Self.turn.cos - angle.cos * Self.turn.sin
            )
        }
        return sum
    }
}

/// Compares a long frame with itself one period later, at full bandwidth: exact period and harmonicity.
///
/// Harmonicity is that of Boersma (1993, IFA Proceedings 17, 97-110), 10 lg(r / (1 - r)) in decibels for the correlation r
/// that is found here. Unlike his, both stretches lie within the frame and are normalised by their own energies (as in the
/// cross-correlation of Talkin 1995), so that a perfectly periodic signal correlates by 1 and no window needs correcting.
struct PeriodCorrelator: Sendable {
    struct Match: Sendable {
        /// In samples.
        let period: Double
        /// At most 1 - 1e-6: 60 dB.
        let correlation: Double
    }

    private static let length = 640
    /// The last place in the frame at which a stretch may begin.
    private static let lastStart = FrameGrid.longLength - length

    private let window = Window.gaussian(length, deviation: 0.4)
    private let interpolation = LagInterpolation()
    /// With zeros behind it: the longest periods' last lags lie a few samples beyond the frame.
    private var frame = [Float](repeating: 0, count: FrameGrid.longLength + 32)
    private var squares = [Float](repeating: 0, count: FrameGrid.longLength)
    private var weighted = [Float](repeating: 0, count: length)
    private var correlations: [Double] = []

    /// The best match within about 2 % of the period (16 to 300 samples), and once more around one that lies at the end of these;
    /// nil for a frame without energy.
    mutating func match(_ samples: UnsafePointer<Float>, period: Double) -> Match? {
        let reach = max(1, Int((period * 0.02).rounded(.up)))
        let centre = Int(period.rounded())
        guard let first = match(samples, around: centre, reach: reach) else { return nil }
        let nearest = Int(first.period.rounded())
        guard abs(nearest - centre) >= reach else { return first }
        return match(samples, around: nearest, reach: reach)
    }

    private mutating func match(_ samples: UnsafePointer<Float>, around centre: Int, reach: Int) -> Match? {
        let margin = reach + LagInterpolation.halfWidth
        let start = max(0, min((Self.lastStart - centre) / 2, Self.lastStart - centre - margin))
        let firstStart = start + centre - margin
        load(samples, from: start)
        let energyHere = energy(at: start)
        guard energyHere > 0 else { return nil }
        correlate(from: firstStart, count: 2 * margin + 1)
        var best = margin
        for index in margin - reach...margin + reach where correlations[index] > correlations[best] { best = index }
        let (place, height) = interpolation.top(of: correlations, around: best)
        let energyThere = energy(at: Double(firstStart) + place)
        guard energyThere > 0 else { return nil }
        let exact = height / max(1e-30, energyHere * energyThere).squareRoot()
        return Match(period: Double(firstStart - start) + place, correlation: min(1 - 1e-6, exact))
    }

    /// The frame without its mean, its squares, and the weighted first stretch.
    private mutating func load(_ samples: UnsafePointer<Float>, from start: Int) {
        let mean = Float(InnerProduct.sum(samples, count: FrameGrid.longLength) / Double(FrameGrid.longLength))
        frame.withUnsafeMutableBufferPointer { frame in
            squares.withUnsafeMutableBufferPointer { squares in
                for index in 0..<FrameGrid.longLength {
                    let sample = samples[index] - mean
                    frame[index] = sample
                    squares[index] = sample * sample
                }
            }
            weighted.withUnsafeMutableBufferPointer { weighted in
                window.withUnsafeBufferPointer { window in
                    for index in 0..<Self.length { weighted[index] = frame[start + index] * window[index] }
                }
            }
        }
    }

    /// Of a stretch under the window; between two samples it is interpolated.
    private func energy(at place: Double) -> Double {
        let whole = min(Self.lastStart, Int(place))
        let (left, right) = (energy(at: whole), energy(at: min(Self.lastStart, whole + 1)))
        return left + (place - Double(whole)) * (right - left)
    }

    private func energy(at start: Int) -> Double {
        squares.withUnsafeBufferPointer { squares in
            window.withUnsafeBufferPointer { window in
                Double(InnerProduct.of(squares.baseAddress! + start, window.baseAddress!, count: Self.length))
            }
        }
    }

    /// Products of the weighted stretch with those that begin at `start`, `start + 1` …
    private mutating func correlate(from start: Int, count: Int) {
        correlations.removeAll(keepingCapacity: true)
        frame.withUnsafeBufferPointer { frame in
            weighted.withUnsafeBufferPointer { weighted in
                InnerProduct.append(
                    of: weighted.baseAddress!, count: Self.length, with: frame.baseAddress! + start, lags: count,
                    to: &correlations)
            }
        }
    }
}

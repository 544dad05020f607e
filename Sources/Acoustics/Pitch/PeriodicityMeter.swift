import Foundation

/// How strongly eight frames repeat themselves at given periods: their autocorrelations, from the power spectra below 2 kHz,
/// over those of the window (Boersma 1993).
struct PeriodicityMeter: Sendable {
    /// 47 Hz … 2 kHz.
    private static let bins = 3...128
    /// The window's deviation in samples.
    private static let deviation = Float(0.4 * Double(FrameGrid.longLength - 1) / 2)
    /// Distance of the three points that a parabola goes through, as a share of the period.
    private static let step: Float = 0.02

    /// Moves the octaves to the nearest maximum and returns the correlations there, at most 1.
    func refine(_ octaves: inout Frames, power: UnsafePointer<Frames>, total: Frames) -> Frames {
        let lag = FrameGrid.sampleRateHz / octaves.exp2
        let (before, here, after) = correlations(lag * (1 - Self.step), lag, lag * (1 + Self.step), power: power, total: total)
        let bend = before - 2 * here + after
        let isPeak = bend .< -1e-6
        let offset = (0.5 * (before - after) / bend.replacing(with: -1, where: .!isPeak))
            .larger(Frames(repeating: -1)).smaller(Frames(repeating: 1))
            .replacing(with: 0, where: .!isPeak)
        let peak = here - 0.25 * (before - after) * offset
        octaves -= (1 + Self.step * offset).log2
        return peak.smaller(Frames(repeating: 1))
    }

    /// Power within the bins that count.
    func total(_ power: UnsafePointer<Frames>) -> Frames {
        var sum = Frames.zero
        for bin in Self.bins { sum += power[bin] }
        return sum
    }

    /// Three lags side by side: each step of a recursion waits for the one before.
    private func correlations(
        _ first: Frames, _ second: Frames, _ third: Frames, power: UnsafePointer<Frames>,
        total: Frames
    ) -> (Frames, Frames, Frames) {
        var (one, two, three) = (CosineSeries(lag: first), CosineSeries(lag: second), CosineSeries(lag: third))
        for _ in 0..<Self.bins.lowerBound {
            one.advance()
            two.advance()
            three.advance()
        }
        var (sumOne, sumTwo, sumThree) = (Frames.zero, Frames.zero, Frames.zero)
        for bin in Self.bins {
            sumOne += power[bin] * one.cosine
            sumTwo += power[bin] * two.cosine
            sumThree += power[bin] * three.cosine
            one.advance()
            two.advance()
            three.advance()
        }
        let total = total.larger(Frames(repeating: 1e-30))
        return (
            sumOne / (total * Self.window(first)), sumTwo / (total * Self.window(second)), sumThree / (total * Self.window(third))
        )
    }

    /// The autocorrelation of the frames' window.
    private static func window(_ lag: Frames) -> Frames {
        let relative = lag / (2 * deviation)
        return (relative * relative * Float(-1.442_695_04)).exp2
    }

    /// cos(0), cos(a), cos(2 a) … for the angle of a lag at a bin's frequency, by Chebyshev's recursion.
    private struct CosineSeries {
        private(set) var cosine = Frames(repeating: 1)
        private var next: Frames
        private let twice: Frames

        @inline(__always)
        init(lag: Frames) {
            let angle = lag * (2 * Float.pi / Float(FrameGrid.longTransformLength))
            next = .zero
            for lane in 0..<FrameGrid.batch { next[lane] = cos(angle[lane]) }
            twice = 2 * next
        }

        @inline(__always)
        mutating func advance() { (cosine, next) = (next, twice * next - cosine) }
    }
}

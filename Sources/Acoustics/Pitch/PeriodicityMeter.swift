import Foundation

/// How strongly four frames repeat themselves at given periods: their autocorrelations, from the power spectra below 2 kHz,
/// over those of the window (Boersma 1993).
struct PeriodicityMeter: Sendable {
    /// 47 Hz … 2 kHz.
    private static let bins = 3...128
    /// The window's deviation in samples.
    private static let deviation = Float(0.4 * Double(FrameGrid.longLength - 1) / 2)
    /// Distance of the three points that a parabola goes through, as a share of the period.
    private static let step: Float = 0.02

    /// Moves the octaves to the nearest maximum and returns the correlations there, at most 1.
    func refine(_ octaves: inout SIMD4<Float>, power: UnsafePointer<SIMD4<Float>>, total: SIMD4<Float>) -> SIMD4<Float> {
        let lag = FrameGrid.sampleRateHz / octaves.exp2
        let before = correlation(lag * (1 - Self.step), power: power, total: total)
        let here = correlation(lag, power: power, total: total)
        let after = correlation(lag * (1 + Self.step), power: power, total: total)
        let bend = before - 2 * here + after
        let isPeak = bend .< -1e-6
        let offset = (0.5 * (before - after) / bend.replacing(with: -1, where: .!isPeak))
            .clamped(lowerBound: SIMD4(repeating: -1), upperBound: SIMD4(repeating: 1))
            .replacing(with: 0, where: .!isPeak)
        let peak = here - 0.25 * (before - after) * offset
        octaves -= (1 + Self.step * offset).log2
        return peak.smaller(SIMD4(repeating: 1))
    }

    /// Power within the bins that count.
    func total(_ power: UnsafePointer<SIMD4<Float>>) -> SIMD4<Float> {
        var sum = SIMD4<Float>.zero
        for bin in Self.bins { sum += power[bin] }
        return sum
    }

    private func correlation(
        _ lag: SIMD4<Float>, power: UnsafePointer<SIMD4<Float>>, total: SIMD4<Float>
    ) -> SIMD4<Float> {
        let angle = lag * (2 * Float.pi / Float(FrameGrid.longTransformLength))
        // Chebyshev's recursion for the cosines of all multiples, from those of 0 and 1 on.
        var before = SIMD4<Float>(repeating: 1)
        var here = SIMD4(cos(angle.x), cos(angle.y), cos(angle.z), cos(angle.w))
        let twice = 2 * here
        for _ in 1..<Self.bins.lowerBound { (before, here) = (here, twice * here - before) }
        var sum = SIMD4<Float>.zero
        for bin in Self.bins {
            sum += power[bin] * here
            (before, here) = (here, twice * here - before)
        }
        let relative = lag / (2 * Self.deviation)
        let window = (relative * relative * Float(-1.442_695_04)).exp2
        return sum / (total.larger(SIMD4(repeating: 1e-30)) * window)
    }
}

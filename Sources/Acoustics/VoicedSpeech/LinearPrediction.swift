import Foundation

/// The all-pole model of order 11 of the spectrum from 0 to 5.5 kHz: linear prediction of the signal at 11 kHz, pre-emphasised,
/// without making that signal (selective linear prediction, Makhoul 1975).
///
/// What is modelled is not the spectrum with its harmonics but the envelope through their peaks: with the harmonics, a model of
/// a high voice takes them for its formants.
struct LinearPrediction: Sendable {
    static let order = 11
    static let rateHz = 11000.0
    /// Bins of 15.625 Hz up to 5.5 kHz.
    static let binCount = 353

    private let emphasis: [Float]
    /// For each lag the cosines over all bins.
    private let cosines: [Float]
    private var knots: [Float] = []
    private var emphasised = [Float](repeating: 0, count: binCount)
    private var correlation = [Double](repeating: 0, count: order + 1)

    init() {
        let pole = exp(-2 * Double.pi * 50 / Self.rateHz)
        let last = Double(Self.binCount - 1)
        emphasis = (0..<Self.binCount).map { bin in
            let ends = bin == 0 || bin == Self.binCount - 1 ? 0.5 : 1
            return Float(ends * (1 - 2 * pole * cos(.pi * Double(bin) / last) + pole * pole))
        }
        cosines = (0...Self.order).flatMap { lag in
            (0..<Self.binCount).map { Float(cos(.pi * Double(lag) * Double($0) / last)) }
        }
    }

    /// Fills `coefficients` with 1, a1 … a11 of the inverse filter; false where there is none.
    mutating func model(_ harmonics: Harmonics, into coefficients: inout [Double]) -> Bool {
        envelope(harmonics)
        for lag in 0...Self.order { correlation[lag] = Double(cosineSum(lag)) }
        return Levinson.solve(&correlation, into: &coefficients)
    }

    /// A cubic spline (Catmull and Rom 1974) through the logarithms of the harmonics, flat below the first.
    private mutating func envelope(_ harmonics: Harmonics) {
        knots.removeAll(keepingCapacity: true)
        // One more before the first and two more behind the last, so that every stretch has its four knots.
        knots.append(harmonics.octaves[0])
        for octave in harmonics.octaves { knots.append(octave) }
        for _ in 0..<2 { knots.append(harmonics.octaves[harmonics.octaves.count - 1]) }
        let perBin = FrameGrid.longBinHz / harmonics.f0Hz
        let zero = harmonics.octaves.max() ?? 0
        for first in stride(from: 0, to: Self.binCount, by: 4) {
            var octaves = SIMD4<Float>.zero
            for lane in 0..<4 { octaves[lane] = max(-60, spline(at: Float(first + lane) * perBin - 1) - zero) }
            let power = octaves.exp2
            for lane in 0..<min(4, Self.binCount - first) { emphasised[first + lane] = power[lane] * emphasis[first + lane] }
        }
    }

    /// The spline at a place counted in harmonics from the first.
    @inline(__always)
    private func spline(at place: Float) -> Float {
        let place = min(max(0, place), Float(knots.count - 4))
        let index = min(Int(place), knots.count - 4)
        let t = place - Float(index)
        let (a, b, c, d) = (knots[index], knots[index + 1], knots[index + 2], knots[index + 3])
        return b + 0.5 * t * (c - a + t * (2 * a - 5 * b + 4 * c - d + t * (3 * (b - c) + d - a)))
    }

    private func cosineSum(_ lag: Int) -> Float {
        emphasised.withUnsafeBufferPointer { power in
            cosines.withUnsafeBufferPointer { cosines in
                let row = UnsafeRawPointer(cosines.baseAddress! + lag * Self.binCount)
                let values = UnsafeRawPointer(power.baseAddress!)
                var sum = SIMD4<Float>.zero
                for offset in stride(from: 0, to: (Self.binCount - 1) * 4, by: 16) {
                    sum +=
                        values.loadUnaligned(fromByteOffset: offset, as: SIMD4<Float>.self)
                        * row.loadUnaligned(fromByteOffset: offset, as: SIMD4<Float>.self)
                }
                return sum.sum() + power[Self.binCount - 1] * cosines[lag * Self.binCount + Self.binCount - 1]
            }
        }
    }
}

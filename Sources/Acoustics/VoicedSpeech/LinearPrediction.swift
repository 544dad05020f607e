import Foundation

/// The all-pole model of order 11 of the spectrum from 0 to 5.5 kHz: linear prediction of the signal at 11 kHz, pre-emphasised,
/// without making that signal (selective linear prediction, Makhoul 1975).
struct LinearPrediction: Sendable {
    static let order = 11
    static let rateHz = 11000.0
    /// Bins of 15.625 Hz up to 5.5 kHz.
    static let binCount = 353

    private let emphasis: [Float]
    /// For each lag the cosines over all bins.
    private let cosines: [Float]
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

    /// Fills `coefficients` with 1, a1 … a11 of the inverse filter; false for a spectrum without power.
    mutating func model(_ power: [Float], into coefficients: inout [Double]) -> Bool {
        for bin in 0..<Self.binCount { emphasised[bin] = power[bin] * emphasis[bin] }
        for lag in 0...Self.order { correlation[lag] = Double(cosineSum(lag)) }
        return Levinson.solve(&correlation, into: &coefficients)
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

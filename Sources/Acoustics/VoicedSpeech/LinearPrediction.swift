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
    /// Bins with those that make a multiple of eight of them.
    private static let binsInEights = (binCount + 7) & ~7
    /// Logarithms of the envelope.
    private var levels = [Float](repeating: 0, count: binsInEights)
    private var emphasised = [Float](repeating: 0, count: binsInEights)
    private var correlation = [Double](repeating: 0, count: order + 1)

    init() {
        let pole = exp(-2 * Double.pi * 50 / Self.rateHz)
        let last = Double(Self.binCount - 1)
        emphasis = (0..<Self.binsInEights).map { bin in
            guard bin < Self.binCount else { return 0 }
            let ends = bin == 0 || bin == Self.binCount - 1 ? 0.5 : 1
            return Float(ends * (1 - 2 * pole * cos(.pi * Double(bin) / last) + pole * pole))
        }
        cosines = (0...Self.order).flatMap { lag in
            (0..<Self.binCount).map { Float(cos(.pi * Double(lag) * Double($0) / last)) }
        }
    }

    /// Fills `coefficients` with 1, a1 … a11 of the inverse filter; false where there is none. Takes the logarithms to base 2 of
    /// the power of harmonics 1, 2, 3 …, at least one.
    mutating func model(_ harmonicOctaves: ArraySlice<Float>, f0Hz: Float, into coefficients: inout [Double]) -> Bool {
        envelope(harmonicOctaves, f0Hz: f0Hz)
        for lag in 0...Self.order { correlation[lag] = Double(cosineSum(lag)) }
        return Levinson.solve(&correlation, into: &coefficients)
    }

    /// A cubic spline (Catmull and Rom 1974) through the logarithms of the harmonics, flat below the first.
    private mutating func envelope(_ octaves: ArraySlice<Float>, f0Hz: Float) {
        let (first, last) = (octaves[octaves.startIndex], octaves[octaves.endIndex - 1])
        knots.removeAll(keepingCapacity: true)
        // One more before the first and two more behind the last, so that every stretch has its four knots.
        knots.append(first)
        var zero = first
        for octave in octaves {
            knots.append(octave)
            zero = max(zero, octave)
        }
        knots.append(last)
        knots.append(last)
        lay(binsPerHarmonic: f0Hz / FrameGrid.longBinHz)
        levels.withUnsafeBytes { levels in
            emphasis.withUnsafeBytes { emphasis in
                emphasised.withUnsafeMutableBytes { emphasised in
                    for offset in stride(from: 0, to: levels.count, by: 32) {
                        let octaves = levels.loadUnaligned(fromByteOffset: offset, as: SIMD8<Float>.self) - zero
                        let power = octaves.larger(SIMD8(repeating: -60)).exp2
                        let weight = emphasis.loadUnaligned(fromByteOffset: offset, as: SIMD8<Float>.self)
                        emphasised.storeBytes(of: power * weight, toByteOffset: offset, as: SIMD8<Float>.self)
                    }
                }
            }
        }
    }

    /// The spline's value at every bin, stretch by stretch. The last eight of a stretch may reach into the next, which is laid over them.
    private mutating func lay(binsPerHarmonic: Float) {
        let perBin = 1 / binsPerHarmonic
        knots.withUnsafeBufferPointer { knots in
            levels.withUnsafeMutableBufferPointer { levels in
                let bytes = UnsafeMutableRawBufferPointer(levels)
                var bin = 0
                while bin < Self.binCount, Float(bin) < binsPerHarmonic {
                    levels[bin] = knots[0]
                    bin += 1
                }
                for index in 0..<knots.count - 3 {
                    let (a, b, c, d) = (knots[index], knots[index + 1], knots[index + 2], knots[index + 3])
                    let (first, second, third) = (0.5 * (c - a), a - 2.5 * b + 2 * c - 0.5 * d, 1.5 * (b - c) + 0.5 * (d - a))
                    let end = min(Float(Self.binCount), Float(index + 2) * binsPerHarmonic)
                    let next = max(bin, Int(end.rounded(.up)))
                    for bin in stride(from: bin, to: next, by: 8) {
                        let t = (SIMD8<Float>(0, 1, 2, 3, 4, 5, 6, 7) + Float(bin)) * perBin - Float(index + 1)
                        let values = t * (t * (t * third + second) + first) + b
                        bytes.storeBytes(of: values, toByteOffset: bin * MemoryLayout<Float>.stride, as: SIMD8<Float>.self)
                    }
                    bin = next
                }
                while bin < Self.binCount {
                    levels[bin] = knots[knots.count - 1]
                    bin += 1
                }
            }
        }
    }

    private func cosineSum(_ lag: Int) -> Float {
        emphasised.withUnsafeBufferPointer { power in
            cosines.withUnsafeBufferPointer { cosines in
                InnerProduct.of(power.baseAddress!, cosines.baseAddress! + lag * Self.binCount, count: Self.binCount)
            }
        }
    }
}

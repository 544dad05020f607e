import TestSupport
import Testing

@testable import Acoustics

/// What the standard library does lane by lane, done for whole vectors.
@Suite("Vectors")
struct VectorTests {
    @Test("have square and fourth roots over the whole range")
    func roots() {
        var random = SeededRandom(seed: 1)
        for _ in 0..<20_000 {
            let power = SIMD8<Float>((0..<8).map { _ in Float.random(in: 1...2, using: &random) * exponent(&random) })
            for lane in 0..<8 {
                let exact = Double(power[lane]).squareRoot()
                #expect(abs(Double(power.roots[lane]) / exact - 1) < 3e-7, "\(power[lane])")
                #expect(abs(Double(power.fourthRoots[lane]) / exact.squareRoot() - 1) < 6e-7, "\(power[lane])")
            }
        }
        #expect(SIMD8<Float>.zero.roots == .zero && SIMD8<Float>.zero.fourthRoots == .zero)
    }

    /// 10⁻³⁰ … 10³⁰.
    private func exponent(_ random: inout SeededRandom) -> Float {
        Float(sign: .plus, exponent: Int.random(in: -99...98, using: &random), significand: 1)
    }

    @Test("know whether any lane is set")
    func isAnywhere() {
        for bits in 0..<256 {
            let lanes = SIMD8<Int32>((0..<8).map { Int32(bits >> $0 & 1) })
            #expect((lanes .== 1).isAnywhere == (bits != 0))
        }
    }

    @Test("find the outermost samples, and 0 where all are on one side")
    func outermost() {
        var random = SeededRandom(seed: 2)
        for count in 0...40 {
            for range in [Float(-1)...1, 0.5...1, -1...(-0.5)] {
                let samples = (0..<count).map { _ in Float.random(in: range, using: &random) }
                let (lowest, highest) = samples.withUnsafeBufferPointer { $0.outermost }
                #expect(lowest == min(0, samples.min() ?? 0) && highest == max(0, samples.max() ?? 0))
            }
        }
    }
}

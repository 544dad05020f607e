import Foundation

/// The resonances of one frame's all-pole model, rising; at most five. From roots to formants: Markel and Gray 1976 (Linear
/// Prediction of Speech).
struct Resonances: Sendable {
    static let countMax = 5
    private static let lowestHz = 50.0
    private static let highestHz = 5450.0

    private(set) var count = 0
    private(set) var hz = SIMD8<Float>.zero
    private(set) var bandwidthHz = SIMD8<Float>.zero

    init() {}

    /// A root z stands for the frequency arg(z) fs / 2 pi and the bandwidth -ln|z| fs / pi, both in Hz, with fs = 11 kHz.
    init(_ roots: PolynomialRoots) {
        for index in roots.indices where roots[index].im > 1e-6 {
            let (re, im) = roots[index]
            let hz = atan2(im, re) * LinearPrediction.rateHz / (2 * .pi)
            guard hz >= Self.lowestHz, hz <= Self.highestHz else { continue }
            let squaredRadius = re * re + im * im
            insert(Float(hz), Float(-0.5 * log(squaredRadius) * LinearPrediction.rateHz / .pi))
        }
    }

    private mutating func insert(_ newHz: Float, _ newBandwidthHz: Float) {
        guard count < Self.countMax, newBandwidthHz.isFinite else { return }
        var index = count
        while index > 0, hz[index - 1] > newHz {
            hz[index] = hz[index - 1]
            bandwidthHz[index] = bandwidthHz[index - 1]
            index -= 1
        }
        hz[index] = newHz
        bandwidthHz[index] = newBandwidthHz
        count += 1
    }
}

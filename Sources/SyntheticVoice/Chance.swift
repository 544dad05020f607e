import Foundation

/// The seeded chance of this target: SplitMix64 (Steele, Lea, Flood 2014) with uniform and Gaussian draws.
struct Chance: Sendable {
    private var state: UInt64
    private var spare: Double?

    init(seed: UInt64) { state = seed }

    /// A generator for another purpose with the same seed: draws of one never shift the draws of the other.
    init(seed: UInt64, purpose: UInt64) {
        var mixer = Chance(seed: seed ^ (purpose &* 0xD6E8_FEB8_6659_FD93))
        state = mixer.bits()
    }

    private mutating func bits() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }

    /// Uniform in 0..<1.
    mutating func uniform() -> Double { Double(bits() >> 11) * 0x1p-53 }

    /// Uniform in the range.
    mutating func uniform(_ range: ClosedRange<Double>) -> Double {
        range.lowerBound + (range.upperBound - range.lowerBound) * uniform()
    }

    /// Mean 0, deviation 1 (polar method, Marsaglia and Bray 1964).
    mutating func gaussian() -> Double {
        if let value = spare {
            spare = nil
            return value
        }
        while true {
            let u = 2 * uniform() - 1
            let v = 2 * uniform() - 1
            let s = u * u + v * v
            guard s > 0, s < 1 else { continue }
            let scale = (-2 * log(s) / s).squareRoot()
            spare = v * scale
            return u * scale
        }
    }

    /// Gaussian, cut at three deviations, so that no period turns negative.
    mutating func boundedGaussian() -> Double { min(3, max(-3, gaussian())) }

    mutating func pick<Element>(_ choices: [Element]) -> Element {
        choices[min(choices.count - 1, Int(uniform() * Double(choices.count)))]
    }
}

import Foundation

/// A vowel and the truth about it.
public struct SustainedVowel: Sendable {
    public let voice: Voice
    /// Mono.
    public let samples: [Float]
    public let sampleRateHz: Int
    /// Every closing of the glottis within the vowel, in order.
    public let pulses: [Pulse]

    /// The lengths of the periods, one fewer than pulses.
    public var periodSeconds: [Double] { zip(pulses.dropFirst(), pulses).map { $0.seconds - $1.seconds } }

    /// One over the mean period.
    public var f0Hz: Double { 1 / Self.mean(periodSeconds) }

    /// Local jitter as drawn: mean absolute difference of consecutive periods over the mean period, a fraction.
    public var jitter: Double {
        let periods = periodSeconds
        return Self.mean(zip(periods.dropFirst(), periods).map { abs($0 - $1) }) / Self.mean(periods)
    }

    /// Local shimmer as drawn: mean absolute level difference of consecutive pulses.
    public var shimmerDecibels: Double {
        Self.mean(zip(pulses.dropFirst(), pulses).map { abs(20 * log10($0.amplitude / $1.amplitude)) })
    }

    /// Level of the first over the second harmonic, exact for an unperturbed voice.
    public var h1OverH2Decibels: Double { harmonicDecibels(1) - harmonicDecibels(2) }

    /// Level of a harmonic (1 is the fundamental) from an arbitrary zero, exact for an unperturbed voice.
    public func harmonicDecibels(_ number: Int) -> Double {
        voice.envelopeDecibels(hz: Double(number) * f0Hz, sampleRateHz: sampleRateHz)
    }

    private static func mean(_ values: [Double]) -> Double { values.reduce(0, +) / Double(values.count) }
}

import Foundation

/// A source–filter voice whose every property is known: band-limited glottal impulses with known perturbation, a glottal
/// filter, formants, and noise. It sustains vowels that say what a measurement of them ought to give.
public struct Voice: Sendable, Equatable {
    /// Mean fundamental frequency.
    public var f0Hz: Double
    /// Local jitter to aim for: the mean absolute difference of consecutive periods over the mean period, in percent.
    public var jitterPercent: Double
    /// Local shimmer to aim for: the mean absolute level difference of consecutive pulses.
    public var shimmerDecibels: Double
    /// The resonances, rising.
    public var formants: [Formant]
    /// Level of the voice over the white noise added at the end; nil for none.
    public var snrDecibels: Double?
    /// Noise through the vocal tract, as a share of the excitation's amplitude, 0…1.
    public var breathiness: Double
    /// Where the glottal spectrum begins to fall: low is a soft voice, high a pressed one.
    public var glottalCutoffHz: Double
    /// Names this vowel for ever.
    public var seed: UInt64

    /// The resonances of a neutral tube of 17.5 cm with usual bandwidths.
    public static let neutralFormants = [
        Formant(hz: 500, bandwidthHz: 70), Formant(hz: 1500, bandwidthHz: 90), Formant(hz: 2500, bandwidthHz: 120),
        Formant(hz: 3500, bandwidthHz: 180), Formant(hz: 4500, bandwidthHz: 250),
    ]

    public init(
        f0Hz: Double = 120, jitterPercent: Double = 0, shimmerDecibels: Double = 0,
        formants: [Formant] = Voice.neutralFormants, snrDecibels: Double? = nil, breathiness: Double = 0,
        glottalCutoffHz: Double = 120, seed: UInt64 = 1
    ) {
        self.f0Hz = f0Hz
        self.jitterPercent = jitterPercent
        self.shimmerDecibels = shimmerDecibels
        self.formants = formants
        self.snrDecibels = snrDecibels
        self.breathiness = breathiness
        self.glottalCutoffHz = glottalCutoffHz
        self.seed = seed
    }

    /// Sustains the vowel. Root mean square 0.1 before noise, mono.
    public func vowel(durationSeconds: Double, sampleRateHz: Int = 16000) -> SustainedVowel {
        let rateHz = Double(sampleRateHz)
        let pulses = pulses(durationSeconds: durationSeconds)
        // A lead-in is rendered and dropped, so that the vowel is already sounding at its first sample.
        let leadIn = Int(0.1 * rateHz)
        var signal = [Double](repeating: 0, count: leadIn + max(0, Int(durationSeconds * rateHz)))
        for pulse in pulses {
            ImpulseTrain.add(pulse.amplitude, atSample: pulse.seconds * rateHz + Double(leadIn), to: &signal)
        }
        breathe(into: &signal, rateHz: rateHz)
        articulate(&signal, rateHz: rateHz)
        signal.removeFirst(leadIn)
        normalise(&signal)
        addNoise(to: &signal)
        return SustainedVowel(
            voice: self, samples: signal.map(Float.init), sampleRateHz: sampleRateHz,
            pulses: pulses.filter { $0.seconds >= 0 && $0.seconds < durationSeconds })
    }

    /// The level of the vocal tract and glottis together at a frequency, from an arbitrary zero.
    public func envelopeDecibels(hz: Double, sampleRateHz: Int = 16000) -> Double {
        let rateHz = Double(sampleRateHz)
        let glottis = GlottalFilter(cutoffHz: glottalCutoffHz, sampleRateHz: rateHz)
        let gains = formants.map { Resonator($0, sampleRateHz: rateHz).gain(hz: hz, sampleRateHz: rateHz) }
        return 20 * log10(gains.reduce(glottis.gain(hz: hz, sampleRateHz: rateHz), *))
    }

    /// Pulses from a little before the beginning to a little after the end.
    private func pulses(durationSeconds: Double) -> [Pulse] {
        var chance = Chance(seed: seed, purpose: 1)
        // Mean |a - b| of two independent Gaussians is 2 sigma / sqrt(pi).
        let deviationPerMean = Double.pi.squareRoot() / 2
        let periodSeconds = 1 / f0Hz
        var pulses: [Pulse] = []
        var seconds = -0.1 * chance.uniform(0.9...1)
        while seconds < durationSeconds + 0.01 {
            let decibels = shimmerDecibels * deviationPerMean * chance.boundedGaussian()
            pulses.append(Pulse(seconds: seconds, amplitude: pow(10, decibels / 20)))
            let perturbation = jitterPercent / 100 * deviationPerMean * chance.boundedGaussian()
            seconds += periodSeconds * max(0.2, 1 + perturbation)
        }
        return pulses
    }

    private func breathe(into excitation: inout [Double], rateHz: Double) {
        guard breathiness > 0 else { return }
        var chance = Chance(seed: seed, purpose: 2)
        // The pulses' own root mean square is the root of pulses per sample.
        let deviation = breathiness * (f0Hz / rateHz).squareRoot()
        for index in excitation.indices { excitation[index] += deviation * chance.gaussian() }
    }

    private func articulate(_ signal: inout [Double], rateHz: Double) {
        var glottis = GlottalFilter(cutoffHz: glottalCutoffHz, sampleRateHz: rateHz)
        for index in signal.indices { signal[index] = glottis.filter(signal[index]) }
        for formant in formants {
            var resonator = Resonator(formant, sampleRateHz: rateHz)
            for index in signal.indices { signal[index] = resonator.filter(signal[index]) }
        }
    }

    private func normalise(_ signal: inout [Double]) {
        let power = signal.reduce(0) { $0 + $1 * $1 } / Double(max(1, signal.count))
        guard power > 0 else { return }
        let gain = 0.1 / power.squareRoot()
        for index in signal.indices { signal[index] *= gain }
    }

    private func addNoise(to signal: inout [Double]) {
        guard let snrDecibels else { return }
        var chance = Chance(seed: seed, purpose: 3)
        let deviation = 0.1 * pow(10, -snrDecibels / 20)
        for index in signal.indices { signal[index] += deviation * chance.gaussian() }
    }
}

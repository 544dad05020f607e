import Foundation

/// Something speech-like that a speaker says in a mood: vowels that glide, fricatives, bursts, pauses and an intonation.
///
/// It means nothing in any language; its levels, pauses, pitch and spectrum behave as those of speech do.
public struct Utterance: Sendable, Equatable {
    public var speaker: Speaker
    public var mood: Mood
    public var durationSeconds: Double
    /// Level of a steady white room noise under full scale; nil for none (digital silence in the pauses).
    public var noiseDecibels: Double?
    /// Names what is said: the same seed gives the same samples for ever.
    public var seed: UInt64

    public init(
        speaker: Speaker, mood: Mood = .neutral, durationSeconds: Double = 4, noiseDecibels: Double? = -68, seed: UInt64 = 1
    ) {
        self.speaker = speaker
        self.mood = mood
        self.durationSeconds = durationSeconds
        self.noiseDecibels = noiseDecibels
        self.seed = seed
    }

    /// Speaks: mono, `durationSeconds` long, peaks below full scale. About a hundredth of real time at 48 kHz.
    public func samples(sampleRateHz: Int = 16000) -> [Float] {
        let rateHz = Double(sampleRateHz)
        let plan = SpeechPlan(speaker: speaker, mood: mood, durationSeconds: durationSeconds, seed: seed)
        let score = ArticulationScore(plan: plan, speaker: speaker, durationSeconds: durationSeconds)
        let count = max(0, Int(durationSeconds * rateHz))
        var signal = voiced(score, count: count, rateHz: rateHz)
        addFriction(score, to: &signal, rateHz: rateHz)
        scale(&signal)
        addRoom(to: &signal)
        return signal.map { Float(min(0.98, max(-0.98, $0))) }
    }

    private func voiced(_ score: ArticulationScore, count: Int, rateHz: Double) -> [Double] {
        var signal = [Double](repeating: 0, count: count)
        pulse(score, into: &signal, rateHz: rateHz)
        var chance = Chance(seed: seed, purpose: 21)
        var glottis = GlottalFilter(cutoffHz: 110 * pow(2, 1.4 * mood.effort), sampleRateHz: rateHz)
        var tract = VocalTract(sampleRateHz: rateHz, tractFactor: speaker.tractFactor)
        let breath = (speaker.breathiness + mood.breathiness) * (speaker.f0Hz / rateHz).squareRoot()
        let samplesPerStep = rateHz / ArticulationScore.stepsPerSecond
        var nextStep = 0.0
        for index in signal.indices {
            let now = score[seconds: Double(index) / rateHz]
            if Double(index) >= nextStep {
                tract.shape(now.formantsHz)
                nextStep += samplesPerStep
            }
            signal[index] = tract.filter(glottis.filter(signal[index] + breath * now.voicing * chance.gaussian()))
        }
        return signal
    }

    private func pulse(_ score: ArticulationScore, into signal: inout [Double], rateHz: Double) {
        var chance = Chance(seed: seed, purpose: 22)
        let jitter = (speaker.jitterPercent + mood.jitterPercent) / 100 * Double.pi.squareRoot() / 2
        var seconds = 0.0
        while seconds < durationSeconds {
            let now = score[seconds: seconds]
            let shimmer = pow(10, 0.25 * chance.boundedGaussian() / 20)
            // Fewer pulses a second carry more each, so that the level does not follow the pitch.
            let amplitude = now.voicing * shimmer * (120 / max(50, now.f0Hz)).squareRoot()
            if now.voicing > 0 { ImpulseTrain.add(amplitude, atSample: seconds * rateHz, to: &signal) }
            seconds += (1 + jitter * chance.boundedGaussian()) / max(50, now.f0Hz)
        }
    }

    private func addFriction(_ score: ArticulationScore, to signal: inout [Double], rateHz: Double) {
        let loudness = rootMeanSquare(signal, where: { score[seconds: Double($0) / rateHz].voicing > 0.2 })
        var chance = Chance(seed: seed, purpose: 23)
        var mouth = FrictionFilter(sampleRateHz: rateHz)
        for index in signal.indices {
            let now = score[seconds: Double(index) / rateHz]
            let noise = now.friction > 0 ? chance.gaussian() : 0
            signal[index] += 1.3 * loudness * mouth.filter(now.friction * noise, peakHz: now.frictionHz)
        }
    }

    /// Brings the voiced parts to -24 dB under full scale in calm speech, and the effort's level from there.
    private func scale(_ signal: inout [Double]) {
        let peak = signal.reduce(0) { max($0, abs($1)) }
        let level = rootMeanSquare(signal, where: { abs(signal[$0]) > 0.02 * peak })
        guard level > 0 else { return }
        let wanted = pow(10, (-24 + 8 * mood.effort) / 20)
        let gain = min(wanted / level, 0.95 / peak)
        for index in signal.indices { signal[index] *= gain }
    }

    private func addRoom(to signal: inout [Double]) {
        guard let noiseDecibels else { return }
        var chance = Chance(seed: seed, purpose: 24)
        let deviation = pow(10, noiseDecibels / 20)
        for index in signal.indices { signal[index] += deviation * chance.gaussian() }
    }

    private func rootMeanSquare(_ signal: [Double], where counts: (Int) -> Bool) -> Double {
        var sum = 0.0
        var count = 0
        for index in signal.indices where counts(index) {
            sum += signal[index] * signal[index]
            count += 1
        }
        return count == 0 ? 0 : (sum / Double(count)).squareRoot()
    }
}

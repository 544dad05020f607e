import Foundation

/// Sounds that are no speech, made by formulas: what a model must not name.
public enum NonSpeech: String, Sendable, CaseIterable {
    /// No sample differs from 0.
    case silence
    /// Noise of a step or two of 16 bits, as a converter without a signal gives.
    case lastBit = "noise of the last bit"
    /// As much power at every frequency.
    case whiteNoise = "white noise"
    /// 3 dB less an octave.
    case pinkNoise = "pink noise"
    /// White noise that swells four times a second, as syllables do.
    case pulsingNoise = "noise in pulses"
    /// A sine as low as a man's voice.
    case lowTone = "tone of 150 Hz"
    /// A sine at the pitch that orchestras tune to.
    case tone = "tone of 440 Hz"
    /// A sine above the pitch of all voices.
    case highTone = "tone of 3 kHz"
    /// Fourteen partials, as mains hum.
    case hum = "hum of 50 Hz"
    /// Forty partials, as a reed or a motor.
    case buzz = "buzz of 140 Hz"
    /// Three notes of five partials, held.
    case chord
    /// Two notes a second, struck and dying away.
    case melody
    /// A sine from 80 Hz up to 4 kHz.
    case sweep
    /// Four a second.
    case clicks
    /// Two tones, a second on and a second off.
    case ringing = "telephone ringing"

    /// Peaks that every sound is made at, and how long it lasts.
    static let peaks = [0.5, 0.02]
    static let durationsSeconds = [1.5, 6]

    /// All kinds at all peaks and lengths, as some measure makes of them.
    ///
    /// - Parameter features: the features of samples at a rate.
    public static func sounds(sampleRateHz: Int, features: ([Float]) -> [Float?]) -> [Sound] {
        allCases.flatMap { kind in
            peaks.flatMap { peak in
                durationsSeconds.map { seconds in
                    let samples = kind.samples(
                        Int(seconds * Double(sampleRateHz)), sampleRateHz: sampleRateHz, peak: peak)
                    return Sound(name: kind.rawValue, vector: features(samples))
                }
            }
        }
    }

    /// The sound's samples, the same each time.
    public func samples(_ count: Int, sampleRateHz: Int, peak: Double) -> [Float] {
        var chance = SeededChance(seed: UInt64(Self.allCases.firstIndex(of: self)!) + 1)
        var wave = Wave(sampleRateHz: Double(sampleRateHz), durationSeconds: Double(count) / Double(sampleRateHz))
        let raw = (0..<count).map { n -> Double in
            wave.step(n, Double.random(in: -1...1, using: &chance))
            return value(wave)
        }
        let largest = raw.reduce(0) { max($0, abs($1)) }
        let gain = self == .lastBit ? 1.0 : largest > 0 ? peak / largest : 0
        return raw.map { Float($0 * gain) }
    }

    private func value(_ wave: Wave) -> Double {
        let seconds = wave.seconds
        switch self {
        case .silence: return 0
        case .lastBit: return (wave.white * 1.5).rounded() / 32768
        case .whiteNoise: return wave.white
        case .pinkNoise: return wave.pink.reduce(0, +)
        case .pulsingNoise: return wave.white * (1 + wave.sine(4))
        case .lowTone: return wave.sine(150)
        case .tone: return wave.sine(440)
        case .highTone: return wave.sine(3000)
        case .hum: return wave.harmonics(50, 14)
        case .buzz: return wave.harmonics(140, 40)
        case .chord: return [262, 330, 392].reduce(0) { $0 + wave.harmonics($1, 5) }
        case .melody:
            let note = Int(seconds * 2)
            let pitch = [262.0, 349, 494, 294, 392, 523, 330, 440][note % 8]
            return wave.harmonics(pitch, 7) * exp(-3 * (seconds - Double(note) / 2))
        case .sweep: return sin(2 * .pi * (80 * seconds + 1960 * seconds * seconds / wave.durationSeconds))
        case .clicks: return seconds.truncatingRemainder(dividingBy: 0.25) < 0.0003 ? 1 : 0
        case .ringing:
            return seconds.truncatingRemainder(dividingBy: 2) < 1 ? wave.sine(440) + wave.sine(480) : 0
        }
    }

    /// A moment of all waves.
    private struct Wave {
        let sampleRateHz: Double
        let durationSeconds: Double
        private(set) var seconds = 0.0
        /// From -1 to 1.
        private(set) var white = 0.0
        /// White noise through three low-pass filters, whose sum falls by about 3 dB an octave.
        private(set) var pink = [0.0, 0, 0]

        init(sampleRateHz: Double, durationSeconds: Double) {
            self.sampleRateHz = sampleRateHz
            self.durationSeconds = durationSeconds
        }

        /// Goes to the next sample.
        mutating func step(_ n: Int, _ chance: Double) {
            seconds = Double(n) / sampleRateHz
            white = chance
            for (index, (pole, gain)) in [(0.997, 0.029), (0.966, 0.033), (0.57, 1.05)].enumerated() {
                pink[index] = pole * pink[index] + gain * chance
            }
        }

        func sine(_ frequencyHz: Double) -> Double { sin(2 * .pi * frequencyHz * seconds) }

        /// Partials whose strength falls as their number rises.
        func harmonics(_ frequencyHz: Double, _ count: Int) -> Double {
            (1...count).reduce(0) { $0 + sine(frequencyHz * Double($1)) / Double($1) }
        }
    }
}

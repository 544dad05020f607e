import Foundation
import SyntheticVoice

/// Speech for tests: synthesised, so that it is the same for a seed for ever.
public enum Speech {
    /// A few seconds of an utterance as a WAV file of 16-bit PCM at 16 kHz.
    public static func wav(seed: UInt64, seconds: Double = 3, sampleRateHz: Int = 16_000) -> Data {
        let speaker = Speaker(sex: seed % 2 == 0 ? .female : .male, ageYears: 30, seed: seed)
        let utterance = Utterance(speaker: speaker, mood: .neutral, durationSeconds: seconds, seed: seed)
        let samples = utterance.samples(sampleRateHz: sampleRateHz)
        var data = Data("RIFF".utf8)
        func append(_ value: UInt32, _ count: Int) {
            for index in 0..<count { data.append(UInt8(truncatingIfNeeded: value >> (8 * UInt32(index)))) }
        }
        append(UInt32(36 + samples.count * 2), 4)
        data += Data("WAVEfmt ".utf8)
        for (value, count) in [(16, 4), (1, 2), (1, 2), (sampleRateHz, 4), (sampleRateHz * 2, 4), (2, 2), (16, 2)] {
            append(UInt32(value), count)
        }
        data += Data("data".utf8)
        append(UInt32(samples.count * 2), 4)
        for sample in samples { append(UInt32(UInt16(bitPattern: Int16(max(-1, min(1, sample)) * 32_767))), 2) }
        return data
    }
}

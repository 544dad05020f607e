import Acoustics
import Foundation
import SyntheticVoice
import TestSupport
import Testing

@Suite("Quality")
struct QualityTests {
    private static let speaker = Speaker(sex: .female, ageYears: 30, seed: 1)

    private static func speech(noiseDecibels: Double? = -68, rate: Int = 16000, seconds: Double = 6) -> [Float] {
        Utterance(speaker: speaker, durationSeconds: seconds, noiseDecibels: noiseDecibels).samples(sampleRateHz: rate)
    }

    @Test("a full-scale tone of 997 Hz has -3.01 LUFS at every rate", arguments: [16000, 44100, 48000, 96000])
    func loudness(rate: Int) {
        let quality = Signals.quality(Signals.tone(hz: 997, amplitude: 1, seconds: 3, rate: rate), rate: rate)
        #expect(abs((quality.loudnessLUFS ?? 0) + 3.01) < (rate < 44100 ? 0.05 : 0.02))
    }

    @Test("pauses do not count for loudness")
    func gates() {
        let tone = Signals.tone(hz: 997, amplitude: 0.1, seconds: 4, rate: 48000)
        let gated = Signals.quality(tone + [Float](repeating: 0, count: 480_000), rate: 48000).loudnessLUFS ?? 0
        #expect(abs(gated + 23.01) < 0.2)
    }

    @Test("a peak between two samples is found")
    func truePeak() {
        // A quarter of the rate, 45° off: every sample is at 0.707 of the peak.
        let quality = Signals.quality(Signals.tone(hz: 4000, amplitude: 0.5, phase: .pi / 4))
        #expect(abs((quality.truePeakDecibels ?? 0) + 6.02) < 0.3)
    }

    @Test("the noise put under speech is measured", arguments: [-60.0, -50, -45, -40])
    func noise(decibels: Double) {
        let quality = Signals.quality(Self.speech(noiseDecibels: decibels))
        let speech = Self.speech(noiseDecibels: nil)
        let squares = speech.reduce(0.0) { $0 + Double($1) * Double($1) }
        let active = Double(speech.count) * (quality.speechShare ?? 0)
        let truth = 10 * log10(squares / active) - decibels
        #expect(abs((quality.snrDecibels ?? 0) - truth) < 4, "SNR \(quality.snrDecibels ?? 0), not \(truth)")
        #expect(abs((quality.noiseFloorDecibels ?? 0) - decibels) < 2)
    }

    @Test("speech and its pauses are told apart")
    func activity() {
        let quality = Signals.quality(Self.speech())
        #expect((0.4...0.95).contains(quality.speechShare ?? 0))
        #expect((0.15...0.6).contains(quality.leadingSilenceSeconds))
        #expect((0.15...1.2).contains(quality.trailingSilenceSeconds))
        #expect(quality.longestPauseSeconds > 0.1)
        let longer = Signals.quality([Float](repeating: 0, count: 32000) + Self.speech())
        #expect(abs(longer.leadingSilenceSeconds - quality.leadingSilenceSeconds - 2) < 0.1)
    }

    @Test("a steady sound is neither speech nor silence")
    func steady() {
        #expect(Signals.quality(Signals.noise(seconds: 3)).speechShare == nil)
        #expect(Signals.quality(Signals.tone(hz: 440, seconds: 3)).speechShare == nil)
        #expect(Signals.quality([Float](repeating: 0, count: 48000)).speechShare == 0)
    }

    @Test("clipping is found at full scale and below it, and not where there is none", arguments: [1.0, 0.7, 0.2] as [Float])
    func clipping(limit: Float) {
        let clean = Self.speech(noiseDecibels: -80)
        let peak = clean.reduce(0) { max($0, abs($1)) }
        let clipped = clean.map { min(limit, max(-limit, $0 / peak * limit * 4)) }
        let truth = Double(clipped.count { abs($0) == limit }) / Double(clipped.count)
        let quality = Signals.quality(clipped)
        #expect(quality.clippedShare > 0.6 * truth)
        #expect(quality.clippedShare <= truth)
        #expect(quality.clippedRunCount > 10)
        #expect(Signals.quality(clean).clippedShare == 0)
        #expect(Signals.quality(Signals.tone(hz: 100, amplitude: 0.9, rate: 48000), rate: 48000).clippedShare == 0)
    }

    @Test("the width of the spectrum is found", arguments: [4000.0, 5500, 8000, 11000])
    func bandwidth(hz: Double) {
        let narrow = BandLimit.filtered(Signals.noise(seconds: 3, rate: 48000, seed: 2), hz: hz, rate: 48000)
        let quality = Signals.quality(narrow, rate: 48000)
        #expect(abs((quality.bandwidthHz ?? 0) - hz) < 400)
        #expect(abs((quality.brickWallHz ?? 0) - hz) < 400)
    }

    @Test("a full spectrum has no wall")
    func fullBand() {
        let quality = Signals.quality(Signals.noise(seconds: 2, rate: 48000), rate: 48000)
        #expect((quality.bandwidthHz ?? 0) > 23000)
        #expect(quality.brickWallHz == nil)
        #expect(Signals.quality(Self.speech(rate: 48000), rate: 48000).brickWallHz == nil)
    }

    @Test("speech at 16 kHz fills its band")
    func speechBand() {
        #expect((Signals.quality(Self.speech()).bandwidthHz ?? 0) > 7000)
    }

    @Test("hum of the mains is found under speech", arguments: [50.0, 60, 100, 120])
    func hum(hz: Double) {
        let speech = Self.speech()
        let humming = Signals.sum(speech, Signals.tone(hz: hz, amplitude: 0.003, seconds: 6))
        #expect((Signals.quality(humming).humDecibels ?? 0) > 15)
        #expect((Signals.quality(speech).humDecibels ?? 99) < 12)
    }

    @Test("offset and digital silence are measured")
    func offset() {
        let quality = Signals.quality(Signals.tone(hz: 500).map { $0 + 0.1 } + [Float](repeating: 0, count: 16000))
        #expect(abs(quality.dcOffset - 0.05) < 1e-4)
        #expect(abs(quality.digitalZeroShare - 0.5) < 0.01)
    }

    @Test("lost packets are counted")
    func dropouts() {
        var tone = Signals.tone(hz: 301, seconds: 2)
        for start in [4000, 9000, 20000] { for index in start..<start + 320 { tone[index] = 0 } }
        #expect(Signals.quality(tone).dropoutCount == 3)
        #expect(Signals.quality(Signals.tone(hz: 301)).dropoutCount == 0)
    }

    @Test("nothing has no quality, and no traps")
    func empty() {
        let quality = Signals.quality([])
        #expect(quality.sampleCount == 0)
        #expect(quality.snrDecibels == nil)
        #expect(quality.loudnessLUFS == nil)
        #expect(quality.bandwidthHz == nil)
    }

    @Test("does not depend on the sizes of blocks and survives anything", arguments: 0..<40)
    func fuzz(seed: UInt64) {
        let samples = Fuzz.samples(seed: seed)
        var random = SeededRandom(seed: seed + 2000)
        let rate = [0, 8000, 11025, 16000, 44100, 192_000, Int.max].randomElement(using: &random)!
        var meter = QualityMeter(sampleRateHz: rate, fullScaleIsInteger: seed % 2 == 0)
        var start = 0
        while start < samples.count {
            let end = min(samples.count, start + Int.random(in: 0...9000, using: &random))
            meter.append(Array(samples[start..<end]))
            start = end
        }
        let quality = meter.finish()
        #expect(quality == Signals.quality(samples, rate: rate, fullScaleIsInteger: seed % 2 == 0))
        for case let value as Double? in Mirror(reflecting: quality).children.map(\.value) {
            #expect(value?.isFinite ?? true)
        }
    }
}

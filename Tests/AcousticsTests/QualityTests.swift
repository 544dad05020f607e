import Foundation
import SyntheticVoice
import TestSupport
import Testing

@testable import Acoustics

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

    /// Speech at the limit, from four times as much.
    private static func clipped(at limit: Float) -> [Float] {
        let clean = speech(noiseDecibels: -80, seconds: 4)
        let peak = clean.reduce(0) { max($0, abs($1)) }
        return clean.map { min(limit, max(-limit, $0 / peak * limit * 4)) }
    }

    @Test("clipping is found under one louder sample and before a louder part", arguments: [0.5, 0.3] as [Float])
    func clippingBeneath(limit: Float) {
        let clipped = Self.clipped(at: limit)
        let runs = Signals.quality(clipped).clippedRunCount
        #expect(runs > 20)
        var louder = clipped
        louder[100] = 0.9
        #expect(Signals.quality(louder).clippedRunCount >= runs - 2)
        let clean = Signals.scaled(Self.speech(noiseDecibels: -80), by: 1.2)
        #expect(Signals.quality(clean).clippedRunCount == 0)
        #expect(Signals.quality(clipped + clean + [0.9, -0.9, 0]).clippedRunCount >= runs - 2)
    }

    @Test("coarse steps are no clipping, and clipping is found where steps are coarse", arguments: [8, 10, 12])
    func coarseSteps(bits: Int) {
        let steps = Float(1 << (bits - 1))
        func coarse(_ samples: [Float]) -> [Float] { samples.map { ($0 * steps).rounded() / steps } }
        for amplitude in [0.5, 0.2, 0.9] {
            let tone = Signals.tone(hz: 200, amplitude: amplitude, seconds: 3)
            #expect(Signals.quality(coarse(tone)).clippedRunCount == 0)
        }
        let loud = Self.clipped(at: 0.5)
        #expect(Signals.quality(coarse(loud.map { $0 / 4 })).clippedShare > 0)
        #expect(Signals.quality(coarse(loud)).clippedShare > 0.3 * Signals.quality(loud).clippedShare)
        let speech = Self.speech(noiseDecibels: -80)
        let peak = speech.reduce(0) { max($0, abs($1)) }
        #expect(Signals.quality(coarse(speech.map { $0 / peak * 0.8 })).clippedRunCount == 0)
    }

    @Test("a wave of two values is clipped")
    func twoValues() {
        let square = Signals.tone(hz: 101).map { $0 > 0 ? Float(0.3) : -0.3 }
        #expect(Signals.quality(square).clippedShare > 0.9)
    }

    /// Low noise of less than half a step stands still until speech begins with a jump.
    @Test("speech that begins out of coarse silence is no lost sound, and a lost packet is, in few bits")
    func coarseDropouts() {
        let silence = [Float](repeating: 0, count: 400)
        let burst = Signals.tone(hz: 300, amplitude: 0.05, seconds: 0.05, phase: .pi / 2)
        let fading = burst.indices.map { burst[$0] * Float(burst.count - $0) / Float(burst.count) }
        let beginning = ([[Float]](repeating: silence + fading, count: 10).joined() + silence).map { ($0 * 128).rounded() / 128 }
        #expect(Signals.quality(beginning).dropoutCount == 0)
        var tone = Signals.tone(hz: 301, seconds: 2).map { ($0 * 128).rounded() / 128 }
        for start in [4000, 9000, 20000] { for index in start..<start + 320 { tone[index] = 0 } }
        #expect(Signals.quality(tone).dropoutCount == 3)
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

    @Test("hum of the mains is found under speech", arguments: [50.0, 60, 100, 120, 150, 180, 240, 250, 300, 360])
    func hum(hz: Double) {
        // A pause of some seconds: under speech without one, its own lines at 240 Hz hide the mains'.
        let speech = Signals.noise(level: 0.0004, seconds: 3) + Self.speech()
        let humming = Signals.sum(speech, Signals.tone(hz: hz, amplitude: 0.003, seconds: 9))
        #expect((Signals.quality(humming).humDecibels ?? 0) > 15)
        #expect((Signals.quality(speech).humDecibels ?? 99) < 12)
    }

    @Test(
        "tones that are no hum are none", arguments: [640.0, 700, 760, 850, 950, 1000, 1050, 1100, 1120, 1180, 2050, 2100],
        [16000, 44100])
    func noHum(hz: Double, rate: Int) {
        let noise = Signals.noise(level: 0.0005, seconds: 4, rate: rate)
        let sounding = Signals.sum(noise, Signals.tone(hz: hz, amplitude: 0.1, seconds: 4, rate: rate))
        #expect((Signals.quality(sounding, rate: rate).humDecibels ?? 99) < 8)
    }

    @Test("hum is found at every rate", arguments: [1000, 1999, 2000, 2999, 8000, 11025, 44100, 48000])
    func humAtRates(rate: Int) {
        let noise = Signals.noise(level: 0.0005, seconds: 4, rate: rate)
        for hz in [50.0, 100, 360] {
            let humming = Signals.sum(noise, Signals.tone(hz: hz, amplitude: 0.003, seconds: 4, rate: rate))
            #expect((Signals.quality(humming, rate: rate).humDecibels ?? 0) > 25)
        }
    }

    @Test("hum is found in a second of sound, and not asked for in less", arguments: [50.0, 120, 250])
    func shortHum(hz: Double) {
        let noise = Signals.noise(level: 0.0005, seconds: 1.1)
        let humming = Signals.sum(noise, Signals.tone(hz: hz, amplitude: 0.003, seconds: 1.1))
        #expect((Signals.quality(humming).humDecibels ?? 0) > 15)
        #expect((Signals.quality(noise).humDecibels ?? 99) < 12)
        #expect(Signals.quality(Array(humming.prefix(15000))).humDecibels == nil)
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
        #expect(abs(Signals.quality(tone).dropoutShare - 960.0 / 32000) < 1e-4)
        #expect(Signals.quality(Signals.tone(hz: 301)).dropoutCount == 0)
    }

    @Test("a sample that is held is lost sound, and so is a gap at the offset's level", arguments: [nil, 0.02] as [Float?])
    func heldSamples(gap: Float?) {
        var speech = Self.speech().map { $0 + 0.02 }
        let loud = speech.indices.dropFirst(8000).dropLast(8000).filter { abs(speech[$0] - 0.02) > 0.05 }
        for start in [loud[0], loud[loud.count / 2], loud[loud.count - 1]] {
            let value = gap ?? speech[start]
            for index in start..<start + 200 { speech[index] = value }
        }
        #expect(Signals.quality(speech).dropoutCount == 3)
        #expect(Signals.quality(Self.speech()).dropoutCount == 0)
    }

    @Test("what stands still for another reason is not lost")
    func noDropouts() {
        let clipped = Self.speech().map { min(0.05, max(-0.05, $0)) }
        #expect(Signals.quality(clipped).dropoutCount == 0)
        let eightBits = Self.speech(noiseDecibels: -48).map { ($0 * 128).rounded() / 128 }
        #expect(Signals.quality(eightBits).dropoutCount == 0)
        let square = Signals.tone(hz: 101).map { $0 > 0 ? Float(0.3) : -0.3 }
        #expect(Signals.quality(square).dropoutCount == 0)
    }

    @Test("the energies of channels are added: the same tone on two has 3 dB more")
    func stereoLoudness() {
        let tone = Signals.tone(hz: 997, amplitude: 1, seconds: 3, rate: 48000)
        let silence = [Float](repeating: 0, count: tone.count)
        #expect(abs((Signals.quality(channels: [tone, tone], rate: 48000).loudnessLUFS ?? 9)) < 0.02)
        #expect(abs((Signals.quality(channels: [tone, silence], rate: 48000).loudnessLUFS ?? 9) + 3.01) < 0.02)
        let antiphase = Signals.quality(channels: [tone, tone.map { -$0 }], rate: 48000)
        #expect(abs(antiphase.loudnessLUFS ?? 9) < 0.02)
    }

    @Test("the worst channel says what is clipped and where the peak is")
    func worstChannel() {
        let clean = Self.speech(noiseDecibels: -80)
        let peak = clean.reduce(0) { max($0, abs($1)) }
        let clipped = clean.map { min(1, max(-1, $0 / peak * 4)) }
        let quality = Signals.quality(channels: [clean, clipped])
        #expect(quality.clippedShare == Signals.quality(clipped).clippedShare && quality.clippedShare > 0)
        #expect(quality.truePeakDecibels == Signals.quality(clipped).truePeakDecibels)
    }

    @Test("channels that cancel each other are told from those that are the same, independent or silent")
    func cancellation() {
        let speech = Self.speech()
        func decibels(_ other: [Float]) -> Double? { Signals.quality(channels: [speech, other]).channelCancellationDecibels }
        #expect(decibels(speech) == 0)
        #expect(decibels(speech.map { _ in 0 }) ?? 9 < 0.01)
        #expect(decibels(Self.speech(noiseDecibels: -60)) ?? 9 < 0.5)
        #expect(decibels(speech.map { -$0 }) == 60)
        #expect(decibels(speech.map { -0.8 * $0 + 0.1 }) ?? 0 > 10)
        #expect(Signals.quality(speech).channelCancellationDecibels == nil)
        #expect(Signals.quality(channels: [[Float]](repeating: [0, 0, 0], count: 2)).channelCancellationDecibels == nil)
    }

    /// Two stretches that reach the same height between their samples, up to rounding: the filter's signs at each tap.
    @Test("a peak between samples does not depend on where blocks begin")
    func peaksAtBlocks() {
        let signs: [Float] = [-1, 1, -1, 1, -1, 1, -1, 1, 1, -1, 1, -1, 1, -1, 1, -1]
        var random = SeededRandom(seed: 5)
        for _ in 0..<20_000 {
            let height = Float.random(in: 0.4...0.6, using: &random)
            let samples = signs.map { $0 * height.nextDown } + [Float](repeating: 0, count: 16) + signs.map { $0 * height }
            var (whole, parts) = (TruePeakMeter(), TruePeakMeter())
            samples.withUnsafeBufferPointer { samples in
                whole.append(samples)
                parts.append(UnsafeBufferPointer(rebasing: samples[..<24]))
                parts.append(UnsafeBufferPointer(rebasing: samples[24...]))
            }
            #expect(whole.finish() == parts.finish(), "\(height)")
        }
    }

    @Test("hum of many samples a group does not depend on the sizes of blocks", arguments: [1, 43, 44, 45, 1000])
    func humAtBlocks(size: Int) {
        var random = SeededRandom(seed: 6)
        let samples = (0..<110_250).map {
            sinf(2 * .pi * 50 * Float($0) / 44_100) * 0.01 + Float.random(in: -0.1...0.1, using: &random)
        }
        var (whole, parts) = (QualityMeter(sampleRateHz: 44_100), QualityMeter(sampleRateHz: 44_100))
        whole.append(samples)
        for start in stride(from: 0, to: samples.count, by: size) {
            parts.append(Array(samples[start..<min(samples.count, start + size)]))
        }
        let quality = whole.finish()
        #expect(quality.humDecibels ?? 0 > 3)
        #expect(quality == parts.finish())
    }

    @Test("channels do not depend on the sizes of blocks")
    func channelBlocks() {
        let channels = [Self.speech(seconds: 2), Signals.noise(seconds: 2), Signals.tone(hz: 50, seconds: 2)]
        #expect(Signals.quality(channels: channels, blockLength: 77) == Signals.quality(channels: channels, blockLength: 32000))
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

import Acoustics
import Foundation
import SyntheticVoice
import TestSupport
import Testing

@Suite("The extended set")
struct ExtendedFeatureTests {
    private static let speech = Utterance(speaker: Speaker(sex: .female, ageYears: 30, seed: 5), durationSeconds: 3).samples()
    private static let own = ExtendedFeatureSet.names.dropFirst(FeatureSet.names.count)

    @Test("has 397 names, each once, the 88 first")
    func names() {
        #expect(ExtendedFeatureSet.names.count == 397 && Set(ExtendedFeatureSet.names).count == 397)
        #expect(Array(ExtendedFeatureSet.names.prefix(88)) == FeatureSet.names)
        let values = Signals.extended(Self.speech)
        #expect(values.values.count == 397)
        #expect(values["melBand26A_stddev"] == values.values[88 + 4 * 26 - 1] && values["no such"] == nil)
        #expect(ExtendedFeatureVector(values: [1]) == nil)
    }

    @Test("does not change with gain", arguments: [0.03, 0.3, 3] as [Float])
    func gain(factor: Float) throws {
        let (plain, scaled) = (Signals.extended(Self.speech), Signals.extended(Signals.scaled(Self.speech, by: factor)))
        for name in Self.own {
            let (one, other) = (try #require(plain[name]), try #require(scaled[name]))
            #expect(abs(one - other) < 2e-3 * max(1, abs(one)), "\(name)")
        }
    }

    @Test(
        "finds the rate at which noise is modulated",
        arguments: [(1.5, "1-2"), (3, "2-4"), (5, "4-6"), (7, "6-8"), (10, "8-12"), (20, "16-24")])
    func modulation(hz: Double, stretch: String) throws {
        let noise = Signals.noise(seconds: 4, seed: 3)
        let modulated = noise.indices.map { noise[$0] * Float(1 + 0.8 * sin(2 * .pi * hz * Double($0) / 16000)) }
        let values = Signals.extended(modulated)
        for group in 1...8 {
            let names = ExtendedFeatureSet.names.filter { $0.hasPrefix("modulation\(group)_") }
            let strongest = try #require(names.max { (values[$0] ?? 0) < (values[$1] ?? 0) })
            #expect(strongest == "modulation\(group)_\(stretch)Hz")
        }
    }

    @Test("gives a long recording the modulation of its parts")
    func longModulation() throws {
        func values(_ seconds: Double) -> ExtendedFeatureVector {
            let noise = Signals.noise(seconds: seconds, seed: 4)
            return Signals.extended(noise.indices.map { noise[$0] * Float(1 + 0.8 * sin(2 * .pi * 5 * Double($0) / 16000)) })
        }
        let (short, long) = (values(10), values(33))
        for group in 1...8 {
            let name = "modulation\(group)_4-6Hz"
            #expect(abs(try #require(short[name]) - #require(long[name])) < 0.3)
        }
    }

    @Test("has the cepstrum of the mel spectrum's means")
    func cepstrum() throws {
        let values = Signals.extended(Self.speech)
        for frames in ["V", "A"] {
            for index in 1...12 {
                var sum = 0.0
                for band in 1...26 {
                    let level = Double(try #require(values["melBand\(band)\(frames)_amean"]))
                    sum += level * cos(.pi * Double(index) * (Double(band) - 0.5) / 26) * (2.0 / 26).squareRoot()
                }
                #expect(abs(sum - Double(try #require(values["cepstrum\(index)\(frames)_amean"]))) < 1e-3)
            }
        }
    }

    @Test("finds no change in a steady tone, and all of it in a step")
    func change() throws {
        let tone = Signals.extended(Signals.tone(hz: 1000, seconds: 1))
        #expect(try #require(tone["melBandChange10A_absmean"]) < 1e-2)
        let step = Signals.noise(level: 0.01, seconds: 1, seed: 7) + Signals.noise(level: 0.1, seconds: 1, seed: 8)
        let deviation = try #require(Signals.extended(step)["melBand20A_stddev"])
        // Half of the frames lie 20 dB higher: half of 2 ln 10, and the noise's own spread.
        #expect(abs(deviation - Float(2.302_585)) < 0.2)
    }

    @Test("finds how pitch moves", arguments: [-8.0, -3, 0, 4, 9])
    func pitch(semitonesPerSecond: Double) throws {
        var phase = 0.0
        let glide = (0..<24000).map { index -> Float in
            phase += 2 * .pi * 160 * exp2(semitonesPerSecond * Double(index) / 16000 / 12) / 16000
            return Float((1...12).reduce(0.0) { $0 + sin(Double($1) * phase) / Double($1) } * 0.1)
        }
        let values = Signals.extended(glide)
        #expect(abs(try #require(values["F0_slopePerSecond"]) - Float(semitonesPerSecond)) < 0.1)
        #expect(try #require(values["F0_residualStddev"]) < 0.1)
        #expect(abs(try #require(values["F0_lastThirdOverFirst"]) - Float(semitonesPerSecond)) < 0.3)
        #expect(abs(try #require(values["F0Change_amean"]) - Float(semitonesPerSecond / 100)) < 0.01)
    }

    @Test("leaves out what can't be measured")
    func unmeasurable() {
        let silence = Signals.extended([Float](repeating: 0, count: 32000))
        for name in Self.own { #expect(silence[name] == nil, "\(name)") }
        let noise = Signals.extended(Signals.noise(seed: 6))
        #expect(noise["F0_stddev"] == nil && noise["melBand3V_amean"] == nil && noise["melBand3A_amean"] != nil)
        #expect(noise["voicedShareOfExtent"] == 0 && noise["activeShareOfExtent"] == 1)
    }
}

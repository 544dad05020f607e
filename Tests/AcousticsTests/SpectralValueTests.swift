import Acoustics
import Foundation
import TestSupport
import Testing

/// Spectral values against a slow transform in double precision, straight from the definitions.
@Suite("Spectral values")
struct SpectralValueTests {
    /// One frame's power spectrum: 20 ms under a Hamming window, 512 points.
    private static func power(_ samples: [Float], frame: Int) -> [Double] {
        (0...256).map { bin in
            var (re, im) = (0.0, 0.0)
            for index in 0..<320 {
                let window = 0.54 - 0.46 * cos(2 * .pi * Double(index) / 319)
                let angle = 2 * Double.pi * Double(bin * index) / 512
                re += window * Double(samples[frame * 160 + index]) * cos(angle)
                im -= window * Double(samples[frame * 160 + index]) * sin(angle)
            }
            return re * re + im * im
        }
    }

    /// A stretch of noise, whose frames are unvoiced, and the mean of a value over its frames.
    private static func mean(_ samples: [Float], _ value: ([Double]) -> Double) -> Double {
        let count = (samples.count - 320) / 160 + 1
        let values = (0..<count).map { value(power(samples, frame: $0)) }
        // The mean of three neighbours weighs the ends a little more.
        let smooth = values.indices.map { index in
            let near = values[max(0, index - 1)...min(count - 1, index + 1)]
            return near.reduce(0, +) / Double(near.count)
        }
        return smooth.reduce(0, +) / Double(count)
    }

    private static let noise = Signals.noise(seconds: 0.3, seed: 4)
    private static let features = Signals.features(noise)

    private func check(_ name: String, _ truth: Double) {
        let measured = Self.features[name].map(Double.init) ?? .infinity
        #expect(abs(measured - truth) <= 1e-4 * max(abs(truth), 1e-3), "\(name): \(measured), not \(truth)")
    }

    @Test("of noise: alpha ratio")
    func alpha() {
        check(
            "alphaRatioUV_sma3nz_amean",
            Self.mean(Self.noise) { 10 * log10($0[32...160].reduce(0, +) / $0[2...31].reduce(0, +)) })
    }

    @Test("of noise: Hammarberg index")
    func hammarberg() {
        check("hammarbergIndexUV_sma3nz_amean", Self.mean(Self.noise) { 10 * log10($0[0...63].max()! / $0[64...160].max()!) })
    }

    @Test("of noise: slopes", arguments: [("slopeUV0-500", 0, 16), ("slopeUV500-1500", 16, 48)])
    func slopes(name: String, first: Int, last: Int) {
        let truth = Self.mean(Self.noise) { power in
            let hz = (first...last).map { Double($0) * 31.25 }
            let levels = power[first...last].map { 10 * log10($0) }
            let mean = hz.reduce(0, +) / Double(hz.count)
            let top = zip(hz, levels).reduce(0) { $0 + ($1.0 - mean) * $1.1 }
            return top / hz.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
        }
        check("\(name)_sma3nz_amean", truth)
    }

    @Test("of noise: loudness and cepstrum")
    func bands() {
        check("loudness_sma3_amean", Self.mean(Self.noise) { SlowBands.loudness(SlowBands.energies($0)) })
        for index in 1...4 {
            check("mfcc\(index)_sma3_amean", Self.mean(Self.noise) { SlowBands.cepstrum(index, SlowBands.energies($0)) })
        }
    }

    @Test("of a tone that steps once: flux only there")
    func flux() {
        // 1 kHz repeats every frame: equal magnitudes, no flux.
        let steady = Signals.features(Signals.tone(hz: 1000))
        #expect((steady["spectralFlux_sma3_amean"] ?? 1) < 1e-4)
        let noise = Self.noise
        var before: [Double]?
        var values: [Double] = []
        for frame in 0..<(noise.count - 320) / 160 + 1 {
            let magnitudes = Self.power(noise, frame: frame)[0...160].map { $0.squareRoot() }
            if let before {
                let squares = zip(before, magnitudes).reduce(0) { $0 + ($1.1 - $1.0) * ($1.1 - $1.0) }
                values.append((squares / 161).squareRoot())
            }
            before = magnitudes
        }
        let smooth = values.indices.map { index in
            let near = values[max(0, index - 1)...min(values.count - 1, index + 1)]
            return near.reduce(0, +) / Double(near.count)
        }
        check("spectralFlux_sma3_amean", smooth.reduce(0, +) / Double(smooth.count))
    }

    @Test("of a tone: the level of its mean square")
    func level() {
        let features = Signals.features(Signals.tone(hz: 1000, amplitude: 0.5))
        #expect(abs((features["equivalentSoundLevel_dBp"] ?? 0) - Float(10 * log10(0.125))) < 1e-4)
    }

    @Test("do not change with gain where they are ratios", arguments: [0.001, 0.1, 3] as [Float])
    func gain(factor: Float) {
        let samples = Signals.sum(Signals.noise(level: 0.01), Signals.tone(hz: 210, amplitude: 0.2))
        let plain = Signals.features(samples)
        let scaled = Signals.features(Signals.scaled(samples, by: factor))
        for (index, name) in FeatureSet.names.enumerated() {
            if name.hasPrefix("loudness_") || name.hasPrefix("spectralFlux") || name.hasPrefix("equivalent") { continue }
            switch (plain.values[index], scaled.values[index]) {
            case (let a?, let b?): #expect(abs(a - b) <= 2e-3 * max(abs(a), 1), "\(name): \(a) became \(b)")
            case (nil, nil): break
            case (let a, let b): Issue.record("\(name): \(String(describing: a)) became \(String(describing: b))")
            }
        }
    }
}

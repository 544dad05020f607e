import Acoustics
import Foundation
import TestSupport
import Testing

/// Every spectral contour, frame by frame, against a slow transform in double precision: tones, chirps, steps, noise, mixtures.
@Suite("Spectral contours")
struct SpectralContourTests {
    enum Sound: String, CaseIterable {
        case lowTone, tone, highTone, twoTones, chirp, fastChirp, step, noise, faintNoise, harmonics

        var samples: [Float] {
            switch self {
            case .lowTone: Signals.tone(hz: 97, seconds: 0.25)
            case .tone: Signals.tone(hz: 1000, seconds: 0.25)
            case .highTone: Signals.tone(hz: 4321, amplitude: 0.1, seconds: 0.25, phase: 1)
            case .twoTones:
                Signals.sum(Signals.tone(hz: 330, seconds: 0.25), Signals.tone(hz: 2750, amplitude: 0.05, seconds: 0.25))
            case .chirp: Self.chirp(from: 50, to: 1000)
            case .fastChirp: Self.chirp(from: 100, to: 7000)
            case .step: Signals.tone(hz: 1000, amplitude: 0.1, seconds: 0.13) + Signals.tone(hz: 1000, seconds: 0.12)
            case .noise: Signals.noise(seconds: 0.25, seed: 4)
            case .faintNoise: Signals.noise(level: 1e-4, seconds: 0.25, seed: 5)
            case .harmonics: HarmonicSound(f0Hz: 163, highestHz: 7500, snrDecibels: 25, seconds: 0.25, seed: 6).samples
            }
        }

        private static func chirp(from: Double, to: Double) -> [Float] {
            (0..<4000).map { index in
                let seconds = Double(index) / 16000
                return Float(0.3 * sin(2 * .pi * (from * seconds + (to - from) / 0.5 * seconds * seconds)))
            }
        }
    }

    private static func contours(_ samples: [Float]) -> SpeechContours {
        var extractor = FeatureExtractor(isExtended: true)
        extractor.append(samples)
        return extractor.finishWithContours().contours
    }

    @Test("are those of the definitions", arguments: Sound.allCases)
    func definitions(sound: Sound) {
        let measured = Self.contours(sound.samples)
        let slow = SlowSpectrum(sound.samples)
        let isVoiced = measured.isVoiced
        check("loudness", measured.loudness, SlowFunctionals.smoothed(slow.loudness), scale: 0)
        check("flux", measured.spectralFlux, SlowFunctionals.smoothed(slow.flux), scale: 0.01 * slow.magnitude)
        for index in 1...4 {
            check("mfcc\(index)", measured.mfcc[index - 1], SlowFunctionals.smoothed(slow.cepstrum(index)), scale: 1)
        }
        check("alpha", measured.alphaRatioDecibels, Self.within(isVoiced, slow.alphaRatio), scale: 1)
        check("Hammarberg", measured.hammarbergIndexDecibels, Self.within(isVoiced, slow.hammarbergIndex), scale: 1)
        // Bins 60 dB under a tone are known to 0.002 dB in single precision, so slopes through them to 1e-5 dB per Hz.
        check("slope 0-500", measured.slope0To500, Self.within(isVoiced, slow.slope(0...16)), scale: 0.1)
        check("slope 500-1500", measured.slope500To1500, Self.within(isVoiced, slow.slope(16...48)), scale: 0.1)
    }

    @Test("of a tone have the levels of the window's own transform", arguments: [97.0, 440, 1000, 1711, 4321])
    func closedForm(hz: Double) {
        let slow = SlowSpectrum(Signals.tone(hz: hz, seconds: 0.06, phase: 0.7))
        for bin in stride(from: 0, through: 256, by: 7) {
            let truth = Self.tonePower(hz: hz, amplitude: 0.5, phase: 0.7, bin: bin)
            // Samples are rounded to single precision.
            #expect(abs(slow.power[0][bin].squareRoot() - truth.squareRoot()) < 1e-5)
        }
    }

    @Test("of a tone that steps once: flux only where frames lie across the step")
    func step() {
        // Ten periods of 1 kHz a hop: all frames before the step are alike, and all behind it.
        let tones = [0.1, 0.4].map { Signals.tone(hz: 1000, amplitude: $0, seconds: 0.5) }
        let flux = Self.contours(tones[0] + tones[1]).spectralFlux.map { Double($0 ?? 0) }
        // Frame 49 lies across sample 8000, frame 50 behind it: the two that differ from the frame before. Smoothing reaches one
        // further, and leaves a third of one, of both, of both, and of the other.
        for (frame, value) in flux.enumerated() where !(48...51).contains(frame) { #expect(value < 1e-4, "frame \(frame)") }
        #expect(abs(flux[49] / flux[50] - 1) < 1e-4)
        #expect(abs((flux[48] + flux[51]) / flux[49] - 1) < 1e-4)
        // Both together are at least the change from the one tone to the other.
        let whole = (0...160).reduce(0.0) { $0 + Self.tonePower(hz: 1000, amplitude: 0.3, phase: 0, bin: $1) }
        let share = 3 * flux[49] / (whole / 161).squareRoot()
        #expect(share > 0.9999 && share < 1.5)
    }

    /// |X|² of a tone: three shifted kernels of Dirichlet for the Hamming window, for either sign of the frequency.
    private static func tonePower(hz: Double, amplitude: Double, phase: Double, bin: Int) -> Double {
        let (tone, own, turn) = (2 * Double.pi * hz / 16000, 2 * Double.pi * Double(bin) / 512, 2 * Double.pi / 319)
        var (re, im) = (0.0, 0.0)
        for sign in [1.0, -1] {
            for (weight, shift) in [(0.54, 0.0), (-0.23, turn), (-0.23, -turn)] {
                let angle = sign * tone - own + shift
                // The sum of exp(i angle n) over 320 samples.
                let height = abs(sin(angle / 2)) < 1e-12 ? 320 : sin(160 * angle) / sin(angle / 2)
                // A sine is (exp(i x) - exp(-i x)) / 2i.
                let direction = sign * phase + 159.5 * angle - sign * .pi / 2
                re += 0.5 * amplitude * weight * height * cos(direction)
                im += 0.5 * amplitude * weight * height * sin(direction)
            }
        }
        return re * re + im * im
    }

    private static func within(_ isVoiced: [Bool], _ contour: [Double?]) -> [Double?] {
        let voiced = SlowFunctionals.smoothed(contour, where: isVoiced)
        let unvoiced = SlowFunctionals.smoothed(contour, where: isVoiced, equal: false)
        return isVoiced.indices.map { isVoiced[$0] ? voiced[$0] : unvoiced[$0] }
    }

    private func check(_ name: String, _ measured: [Float], _ truth: [Double?], scale: Double) {
        check(name, measured.map(Optional.some), truth, scale: scale)
    }

    /// Within 1e-4 of the value, or of the scale where the value is smaller.
    private func check(_ name: String, _ measured: [Float?], _ truth: [Double?], scale: Double) {
        #expect(measured.count == truth.count)
        for (frame, (value, truth)) in zip(measured, truth).enumerated() {
            guard let value, let truth else {
                #expect(value == nil && truth == nil, "\(name), frame \(frame)")
                continue
            }
            #expect(
                abs(Double(value) - truth) <= 1e-4 * max(abs(truth), scale), "\(name), frame \(frame): \(value), not \(truth)")
        }
    }
}

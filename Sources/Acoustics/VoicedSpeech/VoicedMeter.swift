import Foundation

/// Measures voiced frames: each by itself as it is decided, and formants and periods when its stretch is complete, at the
/// latest after two seconds.
struct VoicedMeter: Sendable {
    private static let stretchFramesMax = 200

    private(set) var contours = VoicedContours()
    private var frames: [VoicedFrame] = []
    private var resonances: [Resonances] = []
    private var levels = HarmonicLevels()

    private var correlator = PeriodCorrelator()
    private var prediction = LinearPrediction()
    private var coefficients = [Double](repeating: 0, count: LinearPrediction.order + 1)
    private var roots = PolynomialRoots(degree: LinearPrediction.order)
    private var tracker = FormantTracker()
    private var chosen: [SIMD4<Int>?] = []
    private var marker = PeriodMarker()

    /// The first sample that may still be asked for.
    var firstSampleNeeded: Int { max(0, ((frames.first?.index) ?? contours.count) * FrameGrid.hop) }

    /// Takes the next long frame: its pitch in octaves (NaN is unvoiced) and its power spectrum.
    mutating func append(octave: Float, power: [Float], history: SampleHistory) {
        let index = contours.count
        contours.appendUnvoiced()
        guard !octave.isNaN, let frame = frame(index, octave: octave, power: power, history: history) else {
            endStretch(history)
            return
        }
        contours.f0Semitones[index] = Self.semitones(frame.f0Hz)
        contours.hnrDecibels[index] = frame.hnrDecibels
        if let level = levels.h1OverH2Decibels(of: frame.harmonics) { contours.h1OverH2Decibels[index] = level }
        frames.append(frame)
        resonances.append(resonances(of: frame.harmonics))
        if frames.count == Self.stretchFramesMax { endStretch(history) }
    }

    /// Completes the last stretch.
    mutating func finish(_ history: SampleHistory) { endStretch(history) }

    private mutating func frame(_ index: Int, octave: Float, power: [Float], history: SampleHistory) -> VoicedFrame? {
        let match = history.withSamples(from: index * FrameGrid.hop, count: FrameGrid.longLength) {
            correlator.match($0.baseAddress!, period: Double(FrameGrid.sampleRateHz) / exp2(Double(octave)))
        }
        guard let match else { return nil }
        let correlation = max(1e-3, match.correlation)
        return VoicedFrame(
            index: index, period: match.period, hnrDecibels: Float(10 * log10(correlation / (1 - correlation))),
            harmonics: levels.append(power: power, f0Hz: FrameGrid.sampleRateHz / Float(match.period)))
    }

    /// Over 27.5 Hz, the lowest A of a piano, as eGeMAPS counts (Eyben et al. 2016).
    private static func semitones(_ f0Hz: Float) -> Float { 12 * log2(f0Hz / 27.5) }

    private mutating func resonances(of harmonics: HarmonicLevels.Frame) -> Resonances {
        let octaves = levels.octaves(of: harmonics)
        let isModelled = prediction.model(octaves, f0Hz: harmonics.f0Hz, into: &coefficients)
        guard isModelled, roots.solve(coefficients) else { return Resonances() }
        return Resonances(roots)
    }

    private mutating func endStretch(_ history: SampleHistory) {
        guard !frames.isEmpty else { return }
        trackFormants()
        markPeriods(history)
        frames.removeAll(keepingCapacity: true)
        resonances.removeAll(keepingCapacity: true)
        levels.removeAll()
    }

    private mutating func trackFormants() {
        tracker.track(resonances, into: &chosen)
        for (place, frame) in frames.enumerated() {
            guard let choice = chosen[place] else { continue }
            for formant in 0..<3 {
                let hz = resonances[place].hz[choice[formant]]
                contours.formantHz[formant][frame.index] = hz
                contours.formantBandwidthHz[formant][frame.index] = resonances[place].bandwidthHz[choice[formant]]
                guard let level = levels.strongestDecibels(near: hz, of: frame.harmonics) else { continue }
                contours.formantDecibels[formant][frame.index] = level
                if formant == 2 { contours.h1OverA3Decibels[frame.index] = -level }
            }
        }
    }

    private mutating func markPeriods(_ history: SampleHistory) {
        let first = frames[0].centre - FrameGrid.hop
        let count = (frames.count + 1) * FrameGrid.hop
        let frames = frames
        let marks = history.withSamples(from: first, count: count) { samples in
            marker.mark(samples) { place in
                let frame = (place / Double(FrameGrid.hop)).rounded() - 1
                return frames[min(frames.count - 1, max(0, Int(frame)))].period
            }
        }
        var perturbation = PerturbationWindow(marks)
        for frame in frames {
            let (jitter, shimmer) = perturbation.measure(around: Double(frame.centre - first))
            contours.jitter[frame.index] = jitter
            contours.shimmerDecibels[frame.index] = shimmer
            // An unsteady voice correlates best at its commonest period, which is not the mean one.
            let period = perturbation.period(around: Double(frame.centre - first), expected: frame.period)
            if let period { contours.f0Semitones[frame.index] = Self.semitones(FrameGrid.sampleRateHz / Float(period)) }
        }
    }
}

/// What the long frames (60 ms) tell about the voice, one value a long frame, not smoothed. NaN marks a frame without the value.
package struct VoicedContours: Sendable {
    /// Semitones over 27.5 Hz, 12 log2(F0 / 27.5 Hz); NaN marks unvoiced frames. Candidates by subharmonic summation (Hermes
    /// 1988, JASA 83(1)), the period from the waveform.
    package var f0Semitones: [Float] = []
    /// Local jitter, a fraction: mean absolute difference of consecutive periods over the mean period (`PerturbationWindow`).
    package var jitter: [Float] = []
    /// Local shimmer: mean absolute level difference of consecutive periods in decibels (`PerturbationWindow`).
    package var shimmerDecibels: [Float] = []
    /// Harmonics to noise: 10 lg(r / (1 - r)), r the correlation at the period (Boersma 1993; `PeriodCorrelator`).
    package var hnrDecibels: [Float] = []
    /// The first harmonic over the second (`HarmonicLevels`).
    package var h1OverH2Decibels: [Float] = []
    /// The first harmonic over the strongest near F3 (Hanson 1997, JASA 101(1); `HarmonicLevels`).
    package var h1OverA3Decibels: [Float] = []
    /// F1…F3 in Hz, from linear prediction (`LinearPrediction`, `Resonances`), tracked over frames (`FormantTracker`).
    package var formantHz: [[Float]] = Array(repeating: [], count: 3)
    /// Bandwidths of F1…F3 in Hz (`Resonances`).
    package var formantBandwidthHz: [[Float]] = Array(repeating: [], count: 3)
    /// The strongest harmonic near F1…F3 over the first harmonic, in decibels (`HarmonicLevels`).
    package var formantDecibels: [[Float]] = Array(repeating: [], count: 3)

    package init() {}

    var count: Int { f0Semitones.count }

    mutating func appendUnvoiced() {
        f0Semitones.append(.nan)
        jitter.append(.nan)
        shimmerDecibels.append(.nan)
        hnrDecibels.append(.nan)
        h1OverH2Decibels.append(.nan)
        h1OverA3Decibels.append(.nan)
        for index in 0..<3 {
            formantHz[index].append(.nan)
            formantBandwidthHz[index].append(.nan)
            formantDecibels[index].append(.nan)
        }
    }
}

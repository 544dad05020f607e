/// Contours of the long frames (60 ms); the first value lies at `voicedStartSeconds`, and unvoiced frames have none. Definitions
/// and sources: `PerturbationWindow`, `PeriodCorrelator`, `HarmonicLevels`, `Resonances`.
extension SpeechContours {
    /// Pitch in semitones over 27.5 Hz.
    public var f0Semitones: [Float?] { smoothed(contours.voiced.f0Semitones) }

    /// Local jitter: mean absolute difference of consecutive periods over the mean period, a fraction.
    public var jitter: [Float?] { smoothed(contours.voiced.jitter) }

    /// Local shimmer: mean absolute level difference of consecutive periods, in decibels.
    public var shimmerDecibels: [Float?] { smoothed(contours.voiced.shimmerDecibels) }

    /// Harmonics over noise, in decibels.
    public var hnrDecibels: [Float?] { smoothed(contours.voiced.hnrDecibels) }

    /// The first harmonic (the fundamental) over the second, in decibels.
    public var h1OverH2Decibels: [Float?] { smoothed(contours.voiced.h1OverH2Decibels) }

    /// The first harmonic over the strongest harmonic near F3, in decibels.
    public var h1OverA3Decibels: [Float?] { smoothed(contours.voiced.h1OverA3Decibels) }

    /// Bandwidths of F1…F3 in Hz.
    public var formantBandwidthHz: [[Float?]] { contours.voiced.formantBandwidthHz.map(smoothed) }

    /// The strongest harmonic near F1…F3 over the first harmonic, in decibels.
    public var formantDecibels: [[Float?]] { contours.voiced.formantDecibels.map(smoothed) }
}

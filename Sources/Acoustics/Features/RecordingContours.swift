/// Everything that is known of a recording before it is summed up.
package struct RecordingContours: Sendable {
    let spectral: SpectralContours
    let voiced: VoicedContours
    let sampleCount: Int
    /// Sum of the samples' squares.
    let squareSum: Double

    package init(spectral: SpectralContours, voiced: VoicedContours, sampleCount: Int, squareSum: Double) {
        self.spectral = spectral
        self.voiced = voiced
        self.sampleCount = sampleCount
        self.squareSum = squareSum
    }

    /// Whether voicing is known at all: a recording without a long frame (60 ms) is neither voiced nor unvoiced.
    var isVoicingKnown: Bool { voiced.count > 0 }

    /// One a short frame: the decision of the long frame with the same centre. The first two and the last two short frames have
    /// no such long frame and take the nearest decision, so that a vowel sounding from end to end is voiced from end to end.
    var isVoiced: [Bool] {
        (0..<spectral.count).map { index in
            guard isVoicingKnown else { return false }
            return !voiced.f0Semitones[min(voiced.count - 1, max(0, index - FrameGrid.shortFromLong))].isNaN
        }
    }

    /// The 88 values.
    package var features: FeatureVector { FeatureSummary(self).vector }
}

/// Everything that is known of a recording before it is summed up.
struct RecordingContours: Sendable {
    let spectral: SpectralContours
    let voiced: VoicedContours
    let sampleCount: Int
    /// Sum of the samples' squares.
    let squareSum: Double
}

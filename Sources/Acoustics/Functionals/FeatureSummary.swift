import Foundation

/// From contours to the 88 values, in the order of `FeatureSet.names`: the functionals of eGeMAPS (Eyben et al. 2016, IEEE Trans.
/// Affective Computing 7(2), 190-202).
struct FeatureSummary: Sendable {
    private let spectral: SpectralContours
    /// Aligned with the short frames.
    private let voiced: VoicedContours
    /// One a short frame.
    let isVoiced: [Bool]
    private let isVoicingKnown: Bool
    private let durationSeconds: Double
    /// The equivalent sound level, `equivalentSoundLevel_dBp`: of all samples, in decibels over a mean square of 1, since no recording
    /// says what sound pressure it stands for. nil for digital silence.
    private let meanSquareDecibels: Double?

    init(_ contours: RecordingContours) {
        spectral = contours.spectral
        voiced = contours.voiced
        isVoiced = contours.isVoiced
        isVoicingKnown = contours.isVoicingKnown
        durationSeconds = Double(contours.sampleCount) / Double(FeatureExtractor.sampleRateHz)
        meanSquareDecibels =
            contours.squareSum > 0 ? 10 * log10(contours.squareSum / Double(contours.sampleCount)) : nil
    }

    var vector: FeatureVector {
        let loudness = Contour.smoothed(spectral.loudness)
        var values: [Double?] = ten(smoothedPitch) + ten(loudness)
        values += ([spectral.flux] + spectral.mfcc).flatMap { both(Contour.smoothed($0)) }
        values += voiceQuality
        values += withinVoiced
        values += withinUnvoiced
        values += rhythm(loudness)
        values.append(meanSquareDecibels)
        return FeatureVector(values: values.map { $0.map(Float.init) })!
    }

    /// One value a long frame; NaN marks unvoiced ones. Long frame n lies at short frame n + 2.
    var smoothedPitch: [Float] { Contour.smoothed(voiced.f0Semitones) }

    /// One value a short frame, not smoothed.
    var loudness: [Float] { spectral.loudness }

    private var voiceQuality: [Double?] {
        var contours = [
            voiced.jitter, voiced.shimmerDecibels, voiced.hnrDecibels, voiced.h1OverH2Decibels, voiced.h1OverA3Decibels,
        ]
        for index in 0..<3 {
            contours += [voiced.formantHz[index], voiced.formantBandwidthHz[index], voiced.formantDecibels[index]]
        }
        return contours.flatMap { both(Contour.smoothed($0)) }
    }

    private var balance: [[Float]] {
        [spectral.alphaRatio, spectral.hammarbergIndex, spectral.slope0To500, spectral.slope500To1500, spectral.flux]
    }

    private var withinVoiced: [Double?] {
        (balance + spectral.mfcc).flatMap { both(Contour.smoothed($0, where: isVoiced)) }
    }

    private var withinUnvoiced: [Double?] {
        guard isVoicingKnown else { return Array(repeating: nil, count: 5) }
        return balance.map { Statistics(Contour.numbers(Contour.smoothed($0, where: isVoiced, equal: false))).mean }
    }

    /// Peaks of loudness a second and voiced stretches a second, both of the whole recording's length, then mean and deviation of the
    /// lengths of voiced and of unvoiced stretches in seconds. What counts as a peak is this program's own (`Slopes`).
    private func rhythm(_ loudness: [Float]) -> [Double?] {
        guard !isVoiced.isEmpty else { return Array(repeating: nil, count: 6) }
        let peaksPerSecond = Double(Slopes(loudness).peakCount) / durationSeconds
        guard isVoicingKnown else { return [peaksPerSecond] + Array(repeating: nil, count: 5) }
        let runs = Runs(isVoiced)
        let (voiced, unvoiced) = (Statistics(runs.voicedSeconds), Statistics(runs.unvoicedSeconds))
        return [
            peaksPerSecond, Double(runs.voicedSeconds.count) / durationSeconds,
            voiced.mean, voiced.deviation, unvoiced.mean, unvoiced.deviation,
        ]
    }

    private func ten(_ contour: [Float]) -> [Double?] {
        let numbers = Contour.numbers(contour)
        let percentile = Percentile(numbers)
        let slopes = Slopes(contour)
        let (rising, falling) = (Statistics(slopes.rising), Statistics(slopes.falling))
        let (low, high) = (percentile[0.2], percentile[0.8])
        return both(numbers) + [
            low, percentile[0.5], high, high.flatMap { high in low.map { high - $0 } }, rising.mean, rising.deviation,
            falling.mean, falling.deviation,
        ]
    }

    private func both(_ contour: [Float]) -> [Double?] {
        let statistics = Statistics(Contour.numbers(contour))
        return [statistics.mean, statistics.variationCoefficient]
    }
}

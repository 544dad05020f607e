/// Contours of the short frames (20 ms); the first value lies at `loudnessStartSeconds`. Definitions and sources:
/// `SpectralMeter`.
extension SpeechContours {
    /// Whether a frame is voiced, as the feature set parts frames.
    public var isVoiced: [Bool] { contours.isVoiced }

    /// Energy of 1–5 kHz over that of 50 Hz–1 kHz, in decibels. Smoothed within voiced and within unvoiced stretches.
    public var alphaRatioDecibels: [Float?] { smoothedWithinVoicing(contours.spectral.alphaRatio) }

    /// Strongest bin of 0–2 kHz over that of 2–5 kHz, in decibels. Smoothed within voiced and within unvoiced stretches.
    public var hammarbergIndexDecibels: [Float?] { smoothedWithinVoicing(contours.spectral.hammarbergIndex) }

    /// Decibels per Hz. Smoothed within voiced and within unvoiced stretches.
    public var slope0To500: [Float?] { smoothedWithinVoicing(contours.spectral.slope0To500) }

    /// Decibels per Hz. Smoothed within voiced and within unvoiced stretches.
    public var slope500To1500: [Float?] { smoothedWithinVoicing(contours.spectral.slope500To1500) }

    /// Root mean square change of the magnitudes up to 5 kHz since the frame before. Smoothed over all frames.
    public var spectralFlux: [Float?] { smoothed(contours.spectral.flux) }

    /// MFCC 1…4, liftered. Smoothed over all frames.
    public var mfcc: [[Float?]] { contours.spectral.mfcc.map(smoothed) }

    func smoothed(_ contour: [Float]) -> [Float?] { Contour.smoothed(contour).map { $0.isNaN ? nil : $0 } }

    private func smoothedWithinVoicing(_ contour: [Float]) -> [Float?] {
        let isVoiced = contours.isVoiced
        let voiced = Contour.smoothed(contour, where: isVoiced)
        let unvoiced = Contour.smoothed(contour, where: isVoiced, equal: false)
        return isVoiced.indices.map { index in
            let value = isVoiced[index] ? voiced[index] : unvoiced[index]
            return value.isNaN ? nil : value
        }
    }
}

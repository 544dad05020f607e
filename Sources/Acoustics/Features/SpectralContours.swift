/// What the short frames (20 ms) tell, one value a frame, not smoothed. NaN marks a frame without the value: digital silence has
/// no slope. Power is |X|² of 512 points under a Hamming window at 16 kHz, full scale 1; definitions as in Eyben et al. 2016
/// (IEEE Trans. Affective Computing 7(2), 190-202), formulas with their own sources at `SpectralMeter`.
package struct SpectralContours: Sendable {
    /// Sum over 26 mel bands of equal-loudness weighted power to the power of 0.33; 0 for silence. No unit.
    package var loudness: [Float] = []
    /// Decibels: 1–5 kHz over 50 Hz–1 kHz.
    package var alphaRatio: [Float] = []
    /// Decibels: strongest bin of 0–2 kHz over that of 2–5 kHz.
    package var hammarbergIndex: [Float] = []
    /// Decibels per Hz.
    package var slope0To500: [Float] = []
    /// Decibels per Hz.
    package var slope500To1500: [Float] = []
    /// Root mean square over 0–5 kHz of the difference of successive magnitudes |X|; NaN for the first frame.
    package var flux: [Float] = []
    /// MFCC 1…4, liftered. No unit.
    package var mfcc: [[Float]] = Array(repeating: [], count: 4)
    /// Binary logarithms of the mel bands' power, all bands of a frame together; empty unless they are kept.
    var log2BandPower: [Float] = []

    package init() {}

    var count: Int { loudness.count }
}

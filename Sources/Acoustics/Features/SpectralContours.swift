/// What the short frames tell, one value a frame. NaN marks a frame without the value: digital silence has no slope.
struct SpectralContours: Sendable {
    var loudness: [Float] = []
    var alphaRatio: [Float] = []
    var hammarbergIndex: [Float] = []
    var slope0To500: [Float] = []
    var slope500To1500: [Float] = []
    var flux: [Float] = []
    /// MFCC 1…4.
    var mfcc: [[Float]] = Array(repeating: [], count: 4)
    /// Binary logarithms of the mel bands' power, all bands of a frame together; empty unless they are kept.
    var log2BandPower: [Float] = []

    var count: Int { loudness.count }
}

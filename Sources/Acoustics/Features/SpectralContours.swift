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

    var count: Int { loudness.count }
}

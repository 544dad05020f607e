/// What the samples of a file are, as its header says.
struct SampleShape: Equatable {
    var sampleRateHz: Int
    var channelCount: Int
    /// Bits that count; nil where the coder has none, as in MP3.
    var bitsPerSample: Int?
    /// Whether samples may lie beyond full scale: floats, and what lossy coders make.
    var isFloat: Bool
}

/// Where decoded samples come from: the project's own reader of WAV, or libsndfile.
protocol SampleSource: AnyObject {
    var shape: SampleShape { get }

    /// Frames that are known to be there before any is decoded; nil where only decoding tells.
    var frameCount: Int64? { get }

    /// Whether the file promises more than could be decoded; final once `read` has answered 0.
    var isTruncated: Bool { get }

    /// Appends up to so many frames, the samples of a frame beside each other; answers how many frames, 0 at the end.
    /// Samples that are not finite are 0.
    func read(into buffer: inout [Float], frameCount: Int) throws(AudioFileError) -> Int
}

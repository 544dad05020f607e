/// Samples of a WAV file, straight from the disk.
final class WAVReader: SampleSource {
    let shape: SampleShape
    let isTruncated: Bool
    /// The bytes are there, so these frames are.
    var frameCount: Int64? { header.dataByteCount / Int64(header.format.layout.frameByteCount) }

    private let header: WAVHeader
    private let file: FileBytes
    private var offset: Int64
    private var bytes: [UInt8] = []

    init(_ file: FileBytes) throws(AudioFileError) {
        header = try WAVHeader(file)
        self.file = file
        let format = header.format
        shape = SampleShape(
            sampleRateHz: format.sampleRateHz, channelCount: format.layout.channelCount, bitsPerSample: format.bitsPerSample,
            isFloat: format.layout.encoding == .float || format.layout.encoding == .double)
        isTruncated = header.isTruncated
        offset = header.dataOffset
    }

    func read(into buffer: inout [Float], frameCount: Int) throws(AudioFileError) -> Int {
        let layout = header.format.layout
        let left = header.dataOffset + header.dataByteCount - offset
        let wanted = Int(min(Int64(frameCount * layout.frameByteCount), left))
        guard wanted > 0 else { return 0 }
        if bytes.count < wanted { bytes = [UInt8](repeating: 0, count: wanted) }
        let count = try bytes.withUnsafeMutableBufferPointer { (bytes) throws(AudioFileError) in
            let count = try file.read(
                at: offset, into: UnsafeMutableRawBufferPointer(UnsafeMutableBufferPointer(rebasing: bytes[..<wanted])))
            layout.appendSamples(of: UnsafeRawBufferPointer(UnsafeBufferPointer(rebasing: bytes[..<count])), to: &buffer)
            return count
        }
        // A file that shrinks while it is read ends here.
        offset = count == wanted ? offset + Int64(count) : header.dataOffset + header.dataByteCount
        return count / layout.frameByteCount
    }
}

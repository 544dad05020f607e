/// Samples of a WAV file, block by block.
final class WAVReader {
    let header: WAVHeader
    private let file: Descriptor
    private var offset: Int64
    private let end: Int64

    init(_ file: Descriptor) throws(AudioFileError) {
        header = try WAVHeader.read(from: file)
        offset = header.dataOffset
        end = header.dataOffset + header.dataByteCount / Int64(header.bytesPerFrame) * Int64(header.bytesPerFrame)
        self.file = file
    }

    /// Reads up to so many frames and appends the mean of each frame's channels.
    func read(into buffer: inout [Float], frameCount: Int) throws(AudioFileError) -> Int {
        let wanted = Int(min(Int64(frameCount) * Int64(header.bytesPerFrame), end - offset))
        guard wanted > 0 else { return 0 }
        let bytes = try file.read(at: offset, count: wanted)
        let frames = bytes.count / header.bytesPerFrame
        offset = frames * header.bytesPerFrame == wanted ? offset + Int64(wanted) : end
        let channelCount = header.channelCount
        let scale = 1 / Float(channelCount)
        bytes.withUnsafeBufferPointer { bytes in
            var position = 0
            for _ in 0..<frames {
                var sum: Float = 0
                for _ in 0..<channelCount {
                    sum += sample(bytes, position)
                    position += header.bytesPerSample
                }
                buffer.append(sum * scale)
            }
        }
        return frames
    }

    @inline(__always)
    private func sample(_ bytes: UnsafeBufferPointer<UInt8>, _ position: Int) -> Float {
        if header.encoding == .unsignedByte { return (Float(bytes[position]) - 128) / 128 }
        var pattern: UInt64 = 0
        if header.isBigEndian {
            for index in 0..<header.bytesPerSample { pattern = pattern << 8 | UInt64(bytes[position + index]) }
        } else {
            for index in (0..<header.bytesPerSample).reversed() { pattern = pattern << 8 | UInt64(bytes[position + index]) }
        }
        switch (header.encoding, header.bytesPerSample) {
        case (.float, 4): return finite(Float(bitPattern: UInt32(truncatingIfNeeded: pattern)))
        case (.float, _): return finite(Float(Double(bitPattern: pattern)))
        default:
            let shift = UInt64(64 - header.bytesPerSample * 8)
            return Float(Double(Int64(bitPattern: pattern << shift)) / 9_223_372_036_854_775_808)
        }
    }

    private func finite(_ value: Float) -> Float { value.isFinite ? value : 0 }
}

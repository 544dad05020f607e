import AudioFiles

/// WAV files: samples are finite, no more of them than the file has bytes for, inside full scale where they were integers, and
/// the same whatever the size of the blocks.
enum WAVTarget {
    private static let file = MemoryFile()
    private static let magics = ["RIFF", "RIFX", "RF64", "BW64"].map { Array($0.utf8) }

    static func run(_ bytes: [UInt8]) -> CInt {
        guard bytes.count >= 12 else { return Verdict.useless }
        var bytes = bytes
        // The reader is for WAV alone: what tells other formats is out of its hands.
        if !magics.contains(Array(bytes[..<4])) { bytes.replaceSubrange(0..<4, with: magics[Int(bytes[0] & 3)]) }
        bytes.replaceSubrange(8..<12, with: "WAVE".utf8)
        file.write(bytes)
        var split = Split(bytes)
        let whole = outcome(blockFrameCount: 1 << 16)
        let pieces = outcome(blockFrameCount: 1 + Int(split.next() % 257))
        property(whole == pieces, "The blocks' size changes what is read")
        property(whole.samples.count * max(1, whole.channelCount) <= bytes.count, "More samples than bytes")
        if let claimed = claimedSampleCount(bytes) {
            property(whole.samples.count * whole.channelCount <= claimed, "More samples than the file claims")
        }
        property(whole.samples.allSatisfy { $0.isFinite }, "A sample is not finite")
        property(whole.isFloat || whole.samples.allSatisfy { abs($0) <= 1 }, "An integer sample is beyond full scale")
        if let error = whole.failure { property(error.sentence.hasSuffix("."), "An error is no sentence") }
        return Verdict.kept
    }

    /// Samples of all channels that fit into the claimed length, in the plainest of files: a format of 16 bytes, then the sound.
    private static func claimedSampleCount(_ bytes: [UInt8]) -> Int? {
        func number(_ offset: Int, _ count: Int) -> Int { (0..<count).reduce(0) { $0 | Int(bytes[offset + $1]) << (8 * $1) } }
        guard bytes.count >= 44, bytes.starts(with: "RIFF".utf8), bytes[12..<16].elementsEqual("fmt ".utf8),
            number(16, 4) == 16, bytes[36..<40].elementsEqual("data".utf8)
        else { return nil }
        // 0 and the highest number say that the length was never known.
        let byteCount = number(40, 4)
        guard byteCount > 0, byteCount < 0xFFFF_FFFF else { return nil }
        return byteCount / max(1, (number(34, 2) + 7) / 8)
    }

    private struct Outcome: Equatable {
        var samples: [Float] = []
        var channelCount = 0
        var sampleRateHz = 0
        var isFloat = false
        var isTruncated = false
        var failure: AudioFileError?
    }

    private static func outcome(blockFrameCount: Int) -> Outcome {
        var outcome = Outcome()
        do throws(AudioFileError) {
            let reader = try AudioFileReader(path: file.path)
            outcome.channelCount = reader.channelCount
            outcome.sampleRateHz = reader.sampleRateHz
            outcome.isFloat = reader.isFloat
            outcome.isTruncated = reader.isTruncated
            var block: [Float] = []
            var isOver = false
            while true {
                let count = try reader.read(into: &block, frameCount: blockFrameCount)
                property(count == block.count && count <= blockFrameCount, "A block is not as long as it says")
                property(!isOver || count == 0, "Samples behind a short block")
                if count == 0 { break }
                isOver = count < blockFrameCount
                outcome.samples += block
            }
        } catch {
            outcome.failure = error
        }
        return outcome
    }
}

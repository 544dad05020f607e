import AudioFiles
import Testing

@Suite struct WAVReaderTests {
    /// Samples that every integer of at least eight bits holds exactly.
    private static let truth: [Float] = [0, 0.5, -0.5, 0.25, -1, 0.9921875, -0.0078125]

    @Test(arguments: ["RIFF", "RIFX"])
    func `every size of integer comes back exactly`(riff: String) throws {
        for bits in stride(from: 8, through: 64, by: 8) {
            var file = WAVFile(riff: riff, bitsPerSample: bits)
            file.data = Self.truth.flatMap { sample in
                let value = Int64(Double(sample) * 0x1p63) >> Int64(64 - bits)
                return file.number(Int(value) + (bits == 8 ? 128 : 0), bits / 8)
            }
            let decoded = try Decoded(file.bytes)
            #expect(decoded.samples == Self.truth, "\(bits) bits")
            #expect(decoded.bitsPerSample == bits && !decoded.isFloat && !decoded.isTruncated)
        }
    }

    @Test(arguments: ["RIFF", "RIFX"])
    func `floats of both sizes come back, also beyond full scale, and those that are not finite become silence`(
        riff: String
    ) throws {
        let samples: [Float] = [0, 0.1, -1.5, .nan, .infinity, -.infinity, 1e-20]
        let truth: [Float] = [0, 0.1, -1.5, 0, 0, 0, 1e-20]
        var file = WAVFile(riff: riff, tag: 3, bitsPerSample: 32)
        file.data = samples.flatMap { file.number(Int($0.bitPattern), 4) }
        #expect(try Decoded(file.bytes).samples == truth)
        file.bitsPerSample = 64
        file.data = samples.flatMap { file.number(Int(bitPattern: UInt(Double($0).bitPattern)), 8) }
        let decoded = try Decoded(file.bytes)
        #expect(decoded.samples == truth && decoded.isFloat)
    }

    @Test func `several channels become their mean`() throws {
        var file = WAVFile(channelCount: 3)
        file.data = [3000, -6000, 12_000, 300, 300, 300].flatMap { file.number($0, 2) }
        let decoded = try Decoded(file.bytes)
        #expect(decoded.channelCount == 3)
        #expect(decoded.samples.map { ($0 * 32_768).rounded() } == [3000, 300])
    }

    @Test(arguments: ["RIFF", "RIFX"])
    func `the extensible format says how it is coded and how many bits count`(riff: String) throws {
        var file = WAVFile(riff: riff, bitsPerSample: 32, extensible: (validBits: 20, tag: 1))
        file.data = file.number(0x4000_0000, 4)
        var decoded = try Decoded(file.bytes)
        #expect(decoded.samples == [0.5] && decoded.bitsPerSample == 20)
        file.extensible = (validBits: 32, tag: 3)
        file.data = file.number(Int(Float(0.25).bitPattern), 4)
        decoded = try Decoded(file.bytes)
        #expect(decoded.samples == [0.25] && decoded.isFloat)
    }

    @Test func `24 bits in the lower part of four bytes are told by a plain header`() throws {
        var file = WAVFile(bitsPerSample: 24, blockAlign: 4)
        file.data = file.number(0x40_0000, 4) + file.number(0xC0_0000, 4)
        #expect(try Decoded(file.bytes).samples == [0.5, -0.5])
    }

    @Test func `a frame length that contradicts the bits gives way to them`() throws {
        var file = WAVFile(channelCount: 3, bitsPerSample: 24, blockAlign: 4)
        file.data = [UInt8](repeating: 0, count: 45)
        #expect(try Decoded(file.bytes).samples.count == 5)
    }

    @Test(arguments: ["RF64", "BW64"])
    func `64-bit lengths are read`(riff: String) throws {
        var file = WAVFile(riff: riff)
        file.data = Array(repeating: [0, 64], count: 100).flatMap { $0 }
        file.claimedDataByteCount = 0xFFFF_FFFF
        let sizes = file.number(0, 8) + file.number(file.data.count, 8) + file.number(100, 8) + file.number(0, 4)
        file.chunksBeforeData = [("ds64", sizes, true)]
        file.chunksAfterData = Array("LIST".utf8) + file.number(4, 4) + Array("abcd".utf8)
        let decoded = try Decoded(file.bytes)
        #expect(decoded.samples == [Float](repeating: 0.5, count: 100) && !decoded.isTruncated)
        file.chunksBeforeData[0].body = file.number(0, 8) + file.number(-1, 8) + file.number(100, 8)
        #expect(try Decoded(file.bytes).isTruncated)
    }

    @Test(arguments: [true, false])
    func `chunks before the sound are passed, odd ones with and without their padding byte`(isPadded: Bool) throws {
        var file = WAVFile()
        file.chunksBeforeData = [
            ("PAD ", [UInt8](repeating: 0, count: 4000), true), ("LIST", [1, 2, 3], isPadded), ("bext", [], true),
            ("junk", [UInt8](repeating: 0x41, count: 77), isPadded),
        ]
        file.data = file.number(16_384, 2)
        #expect(try Decoded(file.bytes).samples == [0.5])
    }

    @Test func `a file that was cut off gives what is there and says so`() throws {
        var file = WAVFile()
        file.data = [UInt8](repeating: 0, count: 2000)
        let whole = file.bytes
        #expect(try !Decoded(whole).isTruncated)
        let cut = try Decoded(Array(whole.dropLast(501)))
        #expect(cut.samples.count == 749 && cut.isTruncated)
        #expect(Decoded.error(Array(whole.prefix(44))) == .malformed("nothing of its sound can be decoded"))
    }

    @Test(arguments: [0, 0xFFFF_FFFF])
    func `a length that was never written means the rest of the file`(claim: Int) throws {
        var file = WAVFile()
        file.data = [UInt8](repeating: 1, count: 200)
        file.claimedDataByteCount = claim
        let decoded = try Decoded(file.bytes)
        #expect(decoded.samples.count == 100 && !decoded.isTruncated)
    }

    /// What a program writes that can't go back to its header, into a pipe for instance.
    @Test(arguments: ["RF64", "BW64"])
    func `64-bit lengths that were never written mean the rest of the file`(riff: String) throws {
        var file = WAVFile(riff: riff)
        file.data = Array(repeating: [0, 64], count: 100).flatMap { $0 }
        file.claimedDataByteCount = 0xFFFF_FFFF
        file.chunksBeforeData = [("ds64", [UInt8](repeating: 0, count: 28), true)]
        let decoded = try Decoded(file.bytes)
        #expect(decoded.samples == [Float](repeating: 0.5, count: 100) && !decoded.isTruncated)
        file.data = []
        file.chunksAfterData = Array("LIST".utf8) + file.number(4, 4) + Array("abcd".utf8)
        #expect(Decoded.error(file.bytes) == .empty)
    }

    @Test(arguments: ["RIFF", "RIFX"])
    func `sound behind a length of zero is no chunk, though it begins with letters`(riff: String) throws {
        var file = WAVFile(riff: riff, bitsPerSample: 8)
        file.data = Array("LIST".utf8) + [UInt8](repeating: 0x7E, count: 100)
        file.claimedDataByteCount = 0
        let decoded = try Decoded(file.bytes)
        #expect(decoded.samples.count == 104 && !decoded.isTruncated)
    }

    @Test func `an empty recording is told from a broken one`() {
        var file = WAVFile()
        #expect(Decoded.error(file.bytes) == .empty)
        file.chunksAfterData = Array("LIST".utf8) + [4, 0, 0, 0] + Array("abcd".utf8)
        #expect(Decoded.error(file.bytes) == .empty)
        #expect(Decoded.error([]) == .empty)
        #expect(Decoded.error(Array(file.bytes.prefix(30)))?.reasonCode == "malformed-audio")
        #expect(Decoded.error(Array(file.bytes.prefix(36)))?.reasonCode == "malformed-audio")
    }

    @Test func `headers that make no sense are refused`() {
        let broken = [
            WAVFile(channelCount: 0), WAVFile(bitsPerSample: 0), WAVFile(tag: 3, bitsPerSample: 16),
            WAVFile(tag: 3, bitsPerSample: 24), WAVFile(bitsPerSample: 65_535), WAVFile(bitsPerSample: 72),
        ]
        for var file in broken {
            file.data = [UInt8](repeating: 1, count: 600)
            #expect(Decoded.error(file.bytes)?.reasonCode == "malformed-audio", "\(file)")
        }
    }

    @Test func `coders other than PCM are refused by name`() {
        for (tag, name) in [(7, "µ-law"), (6, "A-law"), (0x55, "MP3"), (2, "ADPCM"), (0x1234, "coder 4660")] {
            var file = WAVFile(tag: tag, bitsPerSample: 8)
            file.data = [1, 2, 3, 4]
            #expect(Decoded.error(file.bytes)?.sentence.contains(name) == true)
        }
    }

    @Test func `claims of gigabytes cost nothing`() throws {
        var file = WAVFile()
        file.claimedDataByteCount = 0x7FFF_FFFE
        file.data = [0, 64]
        let decoded = try Decoded(file.bytes)
        #expect(decoded.samples == [0.5] && decoded.isTruncated)
        file.chunksBeforeData = [("junk", [], true)]
        var bytes = file.bytes
        bytes.replaceSubrange(40..<44, with: [0xFF, 0xFF, 0xFF, 0xFF])
        #expect(Decoded.error(bytes)?.reasonCode == "malformed-audio")
    }
}

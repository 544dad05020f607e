import AudioFiles
import Testing

@Suite struct SndfileReaderTests {
    @Test func `a tone decodes out of every compressed format`() throws {
        let tones: [(bytes: [UInt8], format: AudioFormat, rate: Int, channels: Int, frames: Int, bits: Int?, amplitude: Double)] =
            [
                (Tones.flac, .flac, 8000, 2, 2000, 16, 0.375), (Tones.vorbis, .oggVorbis, 8000, 1, 4000, nil, 0.5),
                (Tones.opus, .oggOpus, 16_000, 1, 8000, nil, 0.5), (Tones.mp3, .mp3, 16_000, 1, 8000, nil, 0.5),
            ]
        for tone in tones {
            let decoded = try Decoded(tone.bytes)
            #expect(decoded.format == tone.format && decoded.sampleRateHz == tone.rate && decoded.channelCount == tone.channels)
            #expect(decoded.samples.count == tone.frames && decoded.bitsPerSample == tone.bits)
            #expect(decoded.isFloat == (tone.bits == nil) && !decoded.isTruncated)
            #expect(abs(decoded.amplitude(hz: 500) - tone.amplitude) < 0.06, "\(tone.format)")
        }
    }

    @Test func `blocks of any size give the same samples`() throws {
        for tone in [Tones.flac, Tones.vorbis, Tones.opus, Tones.mp3] {
            let whole = try Decoded(tone, blockFrameCount: 100_000)
            for count in [1, 7, 1024] { #expect(try Decoded(tone, blockFrameCount: count) == whole) }
        }
    }

    @Test func `AIFF decodes, and says when it was cut off`() throws {
        var file = AIFFFile()
        let decoded = try Decoded(file.bytes)
        #expect(decoded.format == .aiff && decoded.sampleRateHz == 8000 && decoded.samples == [0.5, -0.5])
        file.data = [UInt8](repeating: 0x20, count: 4000)
        let cut = try Decoded(Array(file.bytes.dropLast(1000)))
        #expect(cut.samples.count == 1500 && cut.isTruncated)
    }

    @Test func `AIFF with compressed sound is refused`() {
        #expect(Decoded.error(AIFFFile(coder: "ulaw").bytes)?.reasonCode == "unsupported-format")
    }

    @Test func `FLAC of a depth that can't be decoded is refused by its depth`() {
        var bytes = Tones.flac
        bytes[21] = bytes[21] & 0x0F | 14 << 4
        bytes[20] &= 0xFE
        #expect(Decoded.error(bytes)?.sentence.contains("15 bits") == true)
    }

    @Test func `what was cut off is decoded up to there and said to be truncated`() throws {
        // The tone is one block of FLAC, so nothing is left of it.
        #expect(Decoded.error(Array(Tones.flac.dropLast(20))) == .malformed("nothing of its sound can be decoded"))
        let mp3 = try Decoded(Array(Tones.mp3.prefix(900)))
        #expect(mp3.isTruncated && mp3.samples.count < 6000)
        for file in [OggFile.vorbis, OggFile.opus] {
            let whole = try Decoded(file.bytes)
            let cut = try Decoded(Array(file.bytes.dropLast(200)))
            #expect(cut.isTruncated && (1000..<whole.samples.count).contains(cut.samples.count), "\(whole.format)")
        }
    }

    @Test func `Ogg is whole where its last page is there and says so`() throws {
        for var file in [OggFile.vorbis, OggFile.opus] {
            let whole = try Decoded(file.bytes)
            #expect(!whole.isTruncated)
            #expect(try Decoded(file.bytes + [UInt8](repeating: 0, count: 3000)) == whole)
            for byteCount in [1, 20, 30, 45] { #expect(try Decoded(Array(file.bytes.dropLast(byteCount))).isTruncated) }
            file.hasEnd = false
            let open = try Decoded(file.bytes)
            #expect(open.isTruncated && open.samples.count > whole.samples.count - 200)
        }
    }

    @Test func `a comment of some megabytes is passed, one beyond what memory has room for is refused`() throws {
        for (var file, megabytes) in [(OggFile.vorbis, 4), (OggFile.opus, 16)] {
            let whole = try Decoded(file.bytes)
            file.comment(byteCount: (megabytes - 1) << 20)
            #expect(try Decoded(file.bytes) == whole)
            file.comment(byteCount: megabytes << 20 + 1)
            let error = Decoded.error(file.bytes)
            #expect(error?.reasonCode == "unsupported-format" && error?.sentence.contains("\(megabytes) MB") == true)
        }
    }

    @Test func `Vorbis that claims tables of millions of entries is refused before the decoder makes room for them`() {
        var file = OggFile.vorbis
        // One book of one dimension and 2^22 entries, all of which have a code of 22 bits.
        let book: [UInt8] = [0x42, 0x43, 0x56, 1, 0, 0, 0, 0x40, 1 | 21 << 1, 0, 0, 0x10]
        file.packets[2] = [5] + "vorbis".utf8 + [0] + book + [UInt8](repeating: 0, count: 100)
        #expect(Decoded.error(file.bytes) == .malformed("its tables are larger than any coder's"))
    }

    @Test func `the headers of Vorbis must follow one another without a gap`() throws {
        let bytes = OggFile.vorbis.bytes
        #expect(try !Decoded(bytes).samples.isEmpty)
        // The first page has 58 bytes; its mark, its checksum, and the number of the second.
        for place in [0, 22, 58 + 18, 58 + 60] {
            var broken = bytes
            broken[place] ^= 1
            #expect(Decoded.error(broken) != nil)
        }
        #expect(Decoded.error(Array(bytes.prefix(58)) + [0] + Array(bytes.dropFirst(58)))?.reasonCode == "malformed-audio")
    }

    @Test func `many pictures before the sound of FLAC are refused, one is passed`() throws {
        // Of 15 MB, 32 bytes of which are its own head.
        let numbers = [UInt8](repeating: 0, count: 28) + [0, 0xEF, 0xFF, 0xE0]
        let picture = [6, 0xF0, 0, 0] + numbers + [UInt8](repeating: 0, count: 0xEF_FFE0)
        let (head, sound) = (Array(Tones.flac.prefix(42)), Array(Tones.flac.dropFirst(42)))
        #expect(try Decoded(head + picture + sound) == Decoded(Tones.flac))
        #expect(Decoded.error(head + picture + picture + sound)?.sentence.contains("16 MB") == true)
    }

    @Test func `MP3 is decoded up to a tag in the middle that is larger than memory has room for`() throws {
        let whole = try Decoded(Tones.mp3)
        let frame = try #require((900..<Tones.mp3.count).first { Tones.mp3[$0...].starts(with: [0xFF, 0xF3]) })
        func decoded(tagMegabytes: UInt8) throws -> Decoded {
            // The length has seven bits in each byte.
            let tag = Array("ID3".utf8) + [4, 0, 0, tagMegabytes / 2, tagMegabytes % 2 * 64, 0, 0]
            let empty = [UInt8](repeating: 0, count: Int(tagMegabytes) << 20)
            return try Decoded(Array(Tones.mp3.prefix(frame)) + tag + empty + Array(Tones.mp3.dropFirst(frame)))
        }
        let passed = try decoded(tagMegabytes: 15)
        #expect(!passed.isTruncated && passed.samples.count > whole.samples.count - 2304, "\(passed.samples.count)")
        let cut = try decoded(tagMegabytes: 17)
        #expect(cut.isTruncated && (1000..<whole.samples.count).contains(cut.samples.count))
    }

    @Test func `tags and zeros before the frames of MP3 are passed`() throws {
        let whole = try Decoded(Tones.mp3)
        let tag = Array("ID3".utf8) + [4, 0, 0, 0, 0, 1, 0] + [UInt8](repeating: 0xFF, count: 128)
        #expect(try Decoded(tag + Tones.mp3) == whole)
        #expect(try Decoded(tag + tag + Tones.mp3) == whole)
        #expect(try Decoded(tag + [UInt8](repeating: 0, count: 3000) + Tones.mp3) == whole)
        #expect(Decoded.error(tag)?.reasonCode == "unrecognised-format")
        #expect(
            Decoded.error(Array("ID3".utf8) + [4, 0, 0, 0x7F, 0x7F, 0x7F, 0x7F] + Tones.mp3)?.reasonCode == "unrecognised-format")
    }

    @Test func `a header of the free format at the end of a file is no stream`() {
        for byteCount in 4...60 {
            let bytes = [0xFF, 0xFB, 0, 0] + [UInt8](repeating: 0x55, count: byteCount - 4)
            #expect(Decoded.error(bytes)?.reasonCode == "unrecognised-format")
        }
    }

    @Test func `a file that is not there, or no file, is unreadable`() {
        for path in ["/nowhere/at/all.wav", "/tmp", "/dev/zero"] {
            let error = #expect(throws: AudioFileError.self) { try Decoded(path: path) }
            #expect(error?.reasonCode == "unreadable-file")
        }
    }
}

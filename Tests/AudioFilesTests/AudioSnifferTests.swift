import AudioFiles
import Testing

@Suite struct AudioSnifferTests {
    @Test func `every format is told by its first bytes`() throws {
        #expect(try AudioSniffer.format(of: WAVFile().bytes) == .wav)
        #expect(try AudioSniffer.format(of: WAVFile(riff: "RIFX").bytes) == .wav)
        #expect(try AudioSniffer.format(of: WAVFile(riff: "BW64").bytes) == .wav)
        #expect(try AudioSniffer.format(of: Tones.flac) == .flac)
        #expect(try AudioSniffer.format(of: Tones.vorbis) == .oggVorbis)
        #expect(try AudioSniffer.format(of: Tones.opus) == .oggOpus)
        #expect(try AudioSniffer.format(of: Tones.mp3) == .mp3)
        #expect(try AudioSniffer.format(of: Array("ID3".utf8) + [4, 0, 0, 0, 0, 2, 1]) == .mp3)
        #expect(try AudioSniffer.format(of: AIFFFile().bytes) == .aiff)
    }

    private static let refused: [(bytes: [UInt8], name: String)] = [
        (ascii("\0\0\0\u{1C}ftypM4A "), "M4A"), (ascii("#!AMR\n"), "AMR"), ([0x1A, 0x45, 0xDF, 0xA3, 1], "WebM"),
        ([0x30, 0x26, 0xB2, 0x75, 0x8E], "Windows Media"), (ascii("caff\0"), "Core Audio"),
        ([0xFF, 0xFE, 0xC8, 0x04], "layer I or II"), ([0xFF, 0xFD, 0xC8, 0x04], "layer I or II"),
        ([0xFF, 0xF1, 0x50, 0x80, 1, 0x1F, 0xFC, 0, 0xFF, 0xF1, 0x50, 0x80, 1, 0x1F, 0xFC], "AAC"),
        (ascii("OggS\0") + [2] + [UInt8](repeating: 0, count: 20) + [1, 8] + ascii("Speex   "), "Ogg with another"),
    ]

    private static func ascii(_ text: String) -> [UInt8] { Array(text.utf8) }

    @Test(arguments: refused)
    func `formats that are not taken are named, with what to send instead`(bytes: [UInt8], name: String) {
        let error = #expect(throws: AudioFileError.self) { try AudioSniffer.format(of: bytes) }
        #expect(error?.reasonCode == "unsupported-format")
        #expect(error?.sentence.contains(name) == true && error?.sentence.contains("send ") == true)
    }

    @Test func `other bytes are unrecognised`() {
        for bytes in [[], [1], Array("RIFF".utf8), Array("<!doctype html>".utf8), [0xFF, 0xD8, 0xFF, 0xE0], [0x50, 0x4B, 3, 4]] {
            #expect(throws: AudioFileError.self) { try AudioSniffer.format(of: bytes) }
        }
        #expect(Decoded.error(Self.ascii("fLaC and nothing more"))?.reasonCode == "malformed-audio")
        #expect(Decoded.error(Self.ascii("RIFF....WAVEjunk"))?.reasonCode == "malformed-audio")
        #expect(Decoded.error(Array("%PDF-1.7 and more".utf8))?.reasonCode == "unrecognised-format")
        #expect(Decoded.error([UInt8](repeating: 0, count: 300_000))?.reasonCode == "unrecognised-format")
    }

    @Test func `the name of a file counts for nothing`() throws {
        // A tone of MP3 behind the first bytes of an Ogg page, and the other way round, is broken, not decoded as something else.
        let mixed = Array(Tones.opus.prefix(100)) + Tones.mp3
        #expect(Decoded.error(mixed)?.reasonCode == "malformed-audio")
        #expect(Decoded.error(Array(Tones.flac.prefix(4)) + Tones.vorbis)?.reasonCode == "malformed-audio")
    }
}

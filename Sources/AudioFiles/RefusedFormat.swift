/// A format that is known by its first bytes and not taken, and what to send in its place.
struct RefusedFormat {
    let magic: [UInt8]
    let offset: Int
    let error: AudioFileError

    private init(_ magic: [UInt8], at offset: Int = 0, _ format: String, send instead: String = "WAV or FLAC") {
        self.magic = magic
        self.offset = offset
        error = .unsupported(format: format, instead: instead)
    }

    private init(_ magic: String, at offset: Int = 0, _ format: String, send instead: String = "WAV or FLAC") {
        self.init(Array(magic.utf8), at: offset, format, send: instead)
    }

    static let all = [
        RefusedFormat("ftyp", at: 4, "M4A, MP4 or 3GP (AAC)", send: "WAV or MP3, which most recorder apps can export"),
        RefusedFormat("#!AMR", "AMR, which keeps too little of a voice", send: "WAV, FLAC or MP3 from a recorder app"),
        RefusedFormat([0x1A, 0x45, 0xDF, 0xA3], "WebM or Matroska", send: "WAV or Ogg Opus, or record on our page"),
        RefusedFormat([0x30, 0x26, 0xB2, 0x75], "Windows Media", send: "WAV, FLAC or MP3"),
        RefusedFormat("ADIF", "AAC", send: "WAV or MP3"),
        RefusedFormat("caff", "Core Audio files", send: "WAV or AIFF"),
        RefusedFormat("wvpk", "WavPack"),
        RefusedFormat("MAC ", "Monkey's Audio"),
        RefusedFormat(".snd", "AU files"),
        RefusedFormat("riff", "Wave64"),
        RefusedFormat("MThd", "MIDI, which holds notes but no voice"),
    ]
}

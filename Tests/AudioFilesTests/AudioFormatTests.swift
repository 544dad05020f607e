import AudioFiles
import Testing

@Suite struct AudioFormatTests {
    @Test func `every format has a media type and a file extension`() {
        #expect(
            AudioFormat.allCases.map(\.mediaType) == [
                "audio/wav", "audio/flac", "audio/ogg", "audio/ogg", "audio/mpeg", "audio/aiff",
            ])
        #expect(AudioFormat.allCases.map(\.fileExtension) == ["wav", "flac", "ogg", "opus", "mp3", "aiff"])
    }
}

import AudioFiles
import Testing

@Suite struct AudioFileErrorTests {
    private static let all: [AudioFileError] = [
        .unrecognised("it is a picture"), .unsupported(format: "AMR", instead: "WAV"), .malformed("it ends early"), .empty,
        .tooLong(secondsMax: 1800), .tooManyChannels(12, channelCountMax: 8),
        .unsupportedRate(1234, supportedHz: 4000...192_000), .unreadable("no such file"),
    ]

    @Test func `codes are stable, distinct and in kebab case`() {
        let codes = Self.all.map(\.reasonCode)
        #expect(
            codes == [
                "unrecognised-format", "unsupported-format", "malformed-audio", "empty-audio", "too-long", "too-many-channels",
                "unsupported-sample-rate", "unreadable-file",
            ])
    }

    @Test func `each is one sentence that says what to do`() {
        for error in Self.all {
            #expect(error.sentence.hasSuffix(".") && error.sentence.first?.isUppercase == true)
            #expect(["send", "record", "cut"].contains { error.sentence.contains($0) })
        }
        #expect(AudioFileError.tooLong(secondsMax: 1800).sentence.contains("30 minutes"))
        #expect(AudioFileError.tooLong(secondsMax: 90).sentence.contains("90 seconds"))
    }
}

import AudioFiles
import Testing

@Suite struct AudioLimitsTests {
    private var second: WAVFile {
        var file = WAVFile(sampleRateHz: 8000)
        file.data = [UInt8](repeating: 1, count: 16_000)
        return file
    }

    @Test func `the longest recording is taken, one frame more is not`() throws {
        #expect(try Decoded(second.bytes, limits: AudioLimits(secondsMax: 1)).samples.count == 8000)
        var longer = second
        longer.data += [1, 1]
        #expect(Decoded.error(longer.bytes, limits: AudioLimits(secondsMax: 1)) == .tooLong(secondsMax: 1))
    }

    @Test func `what a decoder makes is counted, not what a header claims`() {
        let limits = AudioLimits(secondsMax: 0.2)
        for tone in [Tones.flac, Tones.vorbis, Tones.opus, Tones.mp3] {
            #expect(Decoded.error(tone, limits: limits) == .tooLong(secondsMax: 0.2))
        }
    }

    @Test func `channels and rates beyond the limits are refused`() {
        var file = second
        file.channelCount = 9
        #expect(Decoded.error(file.bytes) == .tooManyChannels(9, channelCountMax: 8))
        file.channelCount = 65_535
        #expect(Decoded.error(file.bytes) == .tooManyChannels(65_535, channelCountMax: 8))
        for rate in [0, 1, 3999, 192_001, 0xFFFF_FFFF] {
            var file = second
            file.sampleRateHz = rate
            #expect(Decoded.error(file.bytes) == .unsupportedRate(rate, supportedHz: 4000...192_000))
        }
    }
}

import AudioFiles
import TestSupport
import Testing

@Suite struct WAVWriterTests {
    @Test func `sixteen bits come back unchanged`() throws {
        let samples = (-32_768...32_767).map { Float($0) / 32_768 }
        let decoded = try Decoded(WAVWriter.bytes(samples, sampleRateHz: 22_050), blockFrameCount: 30_000)
        #expect(decoded.samples == samples)
        #expect(decoded.sampleRateHz == 22_050 && decoded.channelCount == 1 && decoded.bitsPerSample == 16)
    }

    @Test func `what does not fit is clipped, and what is no number is silence`() throws {
        let decoded = try Decoded(WAVWriter.bytes([2, -2, .nan, .infinity], sampleRateHz: 16_000))
        #expect(decoded.samples == [32_767.0 / 32_768, -1, 0, 0])
    }

    @Test func `no samples make a whole file without sound`() {
        #expect(WAVWriter.bytes([], sampleRateHz: 16_000).count == 44)
        #expect(Decoded.error(WAVWriter.bytes([], sampleRateHz: 16_000)) == .empty)
    }
}

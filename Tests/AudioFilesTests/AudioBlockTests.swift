import AudioFiles
import Foundation
import Testing

@Suite struct AudioBlockTests {
    /// Reads the bytes in blocks: all channels, and all means.
    private static func read(_ bytes: [UInt8], frameCount: Int) throws -> (channels: [[Float]], mean: [Float]) {
        let url = FileManager.default.temporaryDirectory.appending(path: "block-\(UUID().uuidString)")
        try Data(bytes).write(to: url)
        defer { try? FileManager.default.removeItem(at: url) }
        let reader = try AudioFileReader(path: url.path)
        var block = AudioBlock()
        var channels: [[Float]] = []
        var mean: [Float] = []
        while try reader.read(into: &block, frameCount: frameCount) > 0 {
            mean += block.mean
            if channels.isEmpty { channels = block.channels.map { _ in [] } }
            for channel in channels.indices { channels[channel] += block.channels[channel] }
        }
        return (channels, mean)
    }

    @Test(arguments: [1, 3, 1000, 100_000]) func `each channel comes beside the mean`(frameCount: Int) throws {
        var file = WAVFile(channelCount: 2)
        file.data = [8192, 8192, -16_384, 16_384, 32_767, 0, 5, -5].flatMap { file.number($0, 2) }
        let (channels, mean) = try Self.read(file.bytes, frameCount: frameCount)
        let left: [Float] = [0.25, -0.5, 0x1p0 - 0x1p-15, 0x5p-15]
        let right: [Float] = [0.25, 0.5, 0, -0x5p-15]
        #expect(channels == [left, right])
        #expect(mean == zip(left, right).map { ($0 + $1) / 2 })
    }

    @Test func `one channel is its own mean`() throws {
        let (channels, mean) = try Self.read(WAVWriter.bytes([0.5, -0.25], sampleRateHz: 16_000), frameCount: 100)
        #expect(channels.isEmpty && mean == [0.5, -0.25])
    }

    @Test func `channels of a decoder come as well`() throws {
        let (channels, mean) = try Self.read(Tones.flac, frameCount: 333)
        #expect(channels.count == 2 && channels.allSatisfy { $0.count == 2000 })
        #expect(mean == zip(channels[0], channels[1]).map { ($0 + $1) * 0.5 })
    }
}

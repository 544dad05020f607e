import AudioFiles
import Foundation
import TestSupport
import Testing

@Suite struct ReaderTests {
    private func decode(_ bytes: some Sequence<UInt8>) throws -> (samples: [Float], rate: Int, isTruncated: Bool) {
        let file = FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString).audio")
        try Data(bytes).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        let reader = try AudioFileReader(path: file.path)
        var samples: [Float] = []
        var block: [Float] = []
        while try reader.read(into: &block, frameCount: 1000) > 0 { samples += block }
        return (samples, reader.sampleRateHz, reader.isTruncated)
    }

    private let tone = (0..<5000).map { Float(0.5 * sin(Double($0) * 0.05)) }

    @Test func `what is written is read`() throws {
        let read = try decode(WAVWriter.bytes(tone, sampleRateHz: 22_050))
        #expect(read.rate == 22_050 && read.samples.count == tone.count && !read.isTruncated)
        #expect(zip(read.samples, tone).allSatisfy { abs($0 - $1) < 1e-4 })
    }

    @Test func `a file that was cut gives what is there and says so`() throws {
        let read = try decode(WAVWriter.bytes(tone, sampleRateHz: 16_000).dropLast(4001))
        #expect(read.isTruncated && read.samples.count == 2999)
    }

    @Test(arguments: [
        ([] as [UInt8], "empty-audio"), (Array("hello, I am a text".utf8), "unrecognised-format"),
        (Array("RIFF....WAVEjunk".utf8), "malformed-audio"), ([0, 0, 0, 24] + Array("ftypM4A ".utf8), "unsupported-format"),
        ([0x1A, 0x45, 0xDF, 0xA3, 1, 2, 3, 4], "unsupported-format"), (Array("fLaC and nothing more".utf8), "malformed-audio"),
    ])
    func `what is no recording is refused with a code and a sentence`(bytes: [UInt8], code: String) {
        let error = #expect(throws: AudioFileError.self) { try decode(bytes) }
        #expect(error?.reasonCode == code)
        #expect(error?.sentence.hasSuffix(".") == true)
    }

    @Test(arguments: 0..<2000) func `damaged files end in samples or an error`(seed: UInt64) {
        var random = SeededRandom(seed: seed)
        var bytes = WAVWriter.bytes(Array(tone.prefix(300)), sampleRateHz: 16_000)
        for _ in 0..<Int.random(in: 1...8, using: &random) {
            bytes[.random(in: 0..<min(60, bytes.count), using: &random)] = .random(in: 0...255, using: &random)
        }
        if Bool.random(using: &random) { bytes.removeLast(.random(in: 0..<bytes.count, using: &random)) }
        do { #expect(try decode(bytes).samples.allSatisfy(\.isFinite)) } catch { #expect(error is AudioFileError) }
    }

    @Test func `resampling keeps length and level`() {
        var resampler = Resampler(fromHz: 48_000, toHz: 16_000)
        var output: [Float] = []
        let input = (0..<48_000).map { Float(0.5 * sin(Double($0) * 2 * .pi * 440 / 48_000)) }
        for start in stride(from: 0, to: input.count, by: 4000) {
            resampler.process(Array(input[start..<start + 4000]), into: &output)
        }
        resampler.flush(into: &output)
        #expect(output.count == 16_000)
        #expect(abs((output[4000..<12_000].max() ?? 0) - 0.5) < 0.01)
    }

    @Test(.enabled(if: TestData.has("malformed"))) func `no file of the collections crashes or hangs`() throws {
        for folder in ["malformed", "formats"] {
            let all = FileManager.default.enumerator(at: TestData.url(folder), includingPropertiesForKeys: [.isRegularFileKey])
            for case let file as URL in all! where (try file.resourceValues(forKeys: [.isRegularFileKey])).isRegularFile == true {
                do throws(AudioFileError) {
                    let reader = try AudioFileReader(path: file.path)
                    var block: [Float] = []
                    while try reader.read(into: &block, frameCount: 16_384) > 0 {}
                } catch {
                    #expect(!error.sentence.isEmpty)
                }
            }
        }
    }
}

import AudioFiles
import Foundation
import TestSupport
import Testing

/// Files of many makers, sound and broken, that are not part of the repository.
@Suite struct CorpusTests {
    /// Coders that are taken, as the reference decoder calls them.
    private static let codecs: Set = ["flac", "vorbis", "opus", "mp3"]

    /// Sound files of which less is decoded than the reference decodes, and why.
    private static let exceptions: [String: String] = [
        "lieff_minimp3/l3-he_mode.bit": "goes from mono to stereo; decoded up to there, and said to be truncated",
        "scipy_scipy/test-1234Hz-le-1ch-10S-20bit-extra.wav": "1234 Hz is below the lowest rate",
        "scipy_scipy/test-8000Hz-le-1ch-1byte-ulaw.wav": "µ-law is refused",
    ]

    @Test(.enabled(if: TestData.has("formats/inventory.tsv")))
    func `what a reference decodes in a format that is taken decodes here at the same length`() throws {
        let rows = try Inventory("formats").rows.filter { row in
            row.decodedFrameCount > 0 && Self.exceptions[row.file] == nil
                && (Self.codecs.contains(row.codec) || row.codec.hasPrefix("pcm_"))
        }
        #expect(rows.count > 70)
        for row in rows {
            let decoded = try Decoded(path: row.path)
            #expect(decoded.sampleRateHz == row.sampleRateHz, "\(row.file)")
            #expect(decoded.channelCount == row.channelCount, "\(row.file)")
            // An MP3 may lose half a frame at either end.
            let tolerance = row.codec == "mp3" ? 2 * 1152 : 0
            #expect(abs(decoded.samples.count - row.decodedFrameCount) <= tolerance, "\(row.file)")
            #expect(decoded.isTruncated == row.file.contains("early-eof"), "\(row.file)")
        }
    }

    @Test(.enabled(if: TestData.has("formats/inventory.tsv")))
    func `what a reference decodes and we don't is refused by name or said to be truncated`() throws {
        func error(_ file: String) -> AudioFileError? {
            #expect(throws: AudioFileError.self) { try Decoded(path: TestData.url("formats/\(file)").path) }
        }
        for row in try Inventory("formats").rows where ["mp1", "mp2", "aac", "pcm_mulaw"].contains(row.codec) {
            #expect(error(row.file)?.reasonCode == "unsupported-format", "\(row.file)")
        }
        #expect(error("scipy_scipy/test-1234Hz-le-1ch-10S-20bit-extra.wav")?.reasonCode == "unsupported-sample-rate")
        let modes = try Decoded(path: TestData.url("formats/lieff_minimp3/l3-he_mode.bit").path)
        #expect(modes.isTruncated && modes.samples.count > 10_000)
    }

    @Test(.enabled(if: TestData.has("malformed")), arguments: ["malformed", "formats"])
    func `whatever lies in the collections ends as decoded or refused`(folder: String) throws {
        let names = try FileManager.default.subpathsOfDirectory(atPath: TestData.url(folder).path)
        for name in names.sorted() { expectAnswer(TestData.url("\(folder)/\(name)").path) }
    }

    @Test(.enabled(if: TestData.has("malformed/ietf-wg-cellar_flac-test-files")))
    func `a stream that changes in the middle is decoded up to there and said to be truncated`() throws {
        let folder = "malformed/ietf-wg-cellar_flac-test-files"
        let files = [
            "uncommon/02 - increasing number of channels.flac", "uncommon/03 - decreasing number of channels.flac",
            "faulty/05 - wrong total number of samples.flac",
        ]
        for file in files {
            let decoded = try Decoded(path: TestData.url("\(folder)/\(file)").path)
            #expect(decoded.isTruncated && !decoded.samples.isEmpty, "\(file)")
        }
    }

    @Test(.enabled(if: TestData.has("speech/emodb/wav")))
    func `all of a speech corpus decodes, with padding chunks before the sound too`() throws {
        let folder = TestData.url("speech/emodb/wav")
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
        #expect(names.count == 535)
        for name in names {
            let decoded = try Decoded(path: folder.appending(path: name).path)
            #expect(decoded.sampleRateHz == 16_000 && decoded.samples.count > 16_000 && !decoded.isTruncated, "\(name)")
        }
    }

    private func expectAnswer(_ path: String) {
        do throws(AudioFileError) {
            let decoded = try Decoded(path: path)
            #expect(!decoded.samples.isEmpty && decoded.isFinite, "\(path)")
        } catch {
            #expect(error.sentence.hasSuffix(".") && !error.reasonCode.isEmpty, "\(path)")
        }
    }
}

import AudioFiles
import Foundation
import TestSupport
import Testing

/// Files with random damage: each must end as decoded or as a typed error.
@Suite struct MutationTests {
    /// Rounds for each kind. `FAIRVOICE_MUTATIONS` asks for more, to soak.
    private static let roundCount = ProcessInfo.processInfo.environment["FAIRVOICE_MUTATIONS"].flatMap { Int($0) } ?? 500

    @Test(arguments: ["wav", "rf64", "aiff", "flac", "vorbis", "opus", "mp3"])
    func `random damage ends as decoded or refused`(kind: String) {
        let original = Self.original(kind)
        var random = SeededRandom(seed: 0xA0D1_0F11 ^ UInt64(kind.utf8.reduce(0) { $0 &* 31 &+ Int($1) }))
        let limits = AudioLimits(secondsMax: 60)
        for _ in 0..<Self.roundCount {
            let bytes = Self.damage(original, &random)
            do throws(AudioFileError) {
                let decoded = try Decoded(bytes, limits: limits)
                #expect(decoded.isFinite)
                #expect(limits.sampleRateHz.contains(decoded.sampleRateHz))
            } catch {
                #expect(error.sentence.hasSuffix("."))
            }
        }
    }

    private static func original(_ kind: String) -> [UInt8] {
        var wav = WAVFile(channelCount: 2, bitsPerSample: 24, extensible: (validBits: 24, tag: 1))
        wav.data = (0..<600).map { UInt8(truncatingIfNeeded: $0) }
        wav.chunksBeforeData = [("LIST", [1, 2, 3], true)]
        switch kind {
        case "wav": return wav.bytes
        case "rf64":
            wav.riff = "RF64"
            wav.claimedDataByteCount = 0xFFFF_FFFF
            wav.chunksBeforeData.append(("ds64", wav.number(0, 8) + wav.number(600, 8) + wav.number(100, 8), true))
            return wav.bytes
        case "aiff": return AIFFFile(data: [UInt8](repeating: 7, count: 600)).bytes
        case "flac": return Tones.flac
        case "vorbis": return Tones.vorbis
        case "opus": return Tones.opus
        default: return Tones.mp3
        }
    }

    /// Flips bits, writes extreme numbers, cuts, repeats and moves pieces.
    private static func damage(_ original: [UInt8], _ random: inout SeededRandom) -> [UInt8] {
        var bytes = original
        // Headers are where damage hurts.
        func place(_ bytes: [UInt8]) -> Int {
            Int.random(in: 0..<(Bool.random(using: &random) ? min(96, bytes.count) : bytes.count), using: &random)
        }
        for _ in 0..<Int.random(in: 1...6, using: &random) where !bytes.isEmpty {
            let at = place(bytes)
            switch Int.random(in: 0..<6, using: &random) {
            case 0: bytes[at] ^= 1 << UInt8.random(in: 0..<8, using: &random)
            case 1: bytes[at] = UInt8.random(in: 0...255, using: &random)
            case 2:
                let extreme: UInt8 = [0, 0x7F, 0x80, 0xFF].randomElement(using: &random) ?? 0
                for index in at..<min(bytes.count, at + 4) { bytes[index] = extreme }
            case 3: bytes.removeLast(Int.random(in: 0..<bytes.count, using: &random))
            case 4: bytes.insert(contentsOf: bytes[at..<min(bytes.count, at + 64)], at: place(bytes))
            default: bytes.removeSubrange(at..<min(bytes.count, at + Int.random(in: 1...8, using: &random)))
            }
        }
        return bytes
    }
}

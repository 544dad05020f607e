import Acoustics
import SyntheticVoice
import TestSupport
import Testing

/// The look-up among many prints.
@Suite struct PrintIndexTests {
    private static let rateHz = PrintExtractor.sampleRateHz

    private static func speech(_ seed: UInt64, seconds: Double = 3) -> [Float] {
        let speaker = Speaker(sex: seed % 2 == 0 ? .female : .male, ageYears: 30, seed: seed)
        return Utterance(speaker: speaker, mood: .neutral, durationSeconds: seconds, seed: seed).samples(sampleRateHz: rateHz)
    }

    private static func print(_ samples: [Float]) throws -> Print {
        var extractor = PrintExtractor()
        extractor.append(samples)
        let print = extractor.finish()
        return try #require(print)
    }

    /// Bits of chance: prints of recordings that are like nothing.
    private static func random(_ count: Int, _ random: inout SeededRandom) throws -> KeptPrint {
        let bytes = (0..<4 * count).map { _ in UInt8.random(in: 0...255, using: &random) }
        return try #require(KeptPrint(bytes: bytes))
    }

    @Test func `copies are found among others and strangers are not`() throws {
        var chance = SeededRandom(seed: 7)
        var index = PrintIndex()
        var numbers: [UInt64: Int] = [:]
        for seed in UInt64(1)...20 {
            // More than the table begins with, so that it grows on the way.
            for _ in 0..<400 { _ = index.insert(try Self.random(50, &chance)) }
            numbers[seed] = index.insert(try Self.print(Self.speech(seed)).kept)
        }
        #expect(index.count == 20 * 401)
        for seed in UInt64(1)...20 {
            let samples = Self.speech(seed)
            let noisy = samples.map { $0 / 2 + Float.random(in: -0.003...0.003, using: &chance) }
            for copy in [samples, noisy, Array(samples.dropFirst(7_001)), [Float](repeating: 0, count: 5_003) + samples] {
                let matches = index.matches(of: try Self.print(copy))
                #expect(matches.map(\.number) == numbers[seed].map { [$0] })
            }
        }
        for seed in UInt64(21)...40 {
            #expect(index.matches(of: try Self.print(Self.speech(seed))).isEmpty)
        }
    }

    @Test func `what was removed is not found again`() throws {
        var index = PrintIndex()
        let print = try Self.print(Self.speech(3))
        let first = index.insert(print.kept)
        let second = index.insert(print.kept)
        #expect(Set(index.matches(of: print).map(\.number)) == [first, second])
        index.remove(first)
        #expect(index.matches(of: print).map(\.number) == [second])
        index.remove(second)
        #expect(index.matches(of: print).isEmpty)
        let third = index.insert(print.kept)
        #expect(index.matches(of: print).map(\.number) == [third])
    }

    @Test func `a part of a long recording is found, and the long one by its part`() throws {
        let long = Self.speech(11, seconds: 40)
        let part = Array(long[320_000..<400_000])
        var index = PrintIndex()
        let whole = index.insert(try Self.print(long).kept)
        #expect(index.matches(of: try Self.print(part)).map(\.number) == [whole])
        let cut = index.insert(try Self.print(part).kept)
        #expect(Set(index.matches(of: try Self.print(long)).map(\.number)) == [whole, cut])
    }

    @Test func `answers and memory are bounded`() throws {
        var chance = SeededRandom(seed: 8)
        var index = PrintIndex(expectedCount: 50 * 20_000)
        let print = try Self.print(Self.speech(4))
        for _ in 0..<20_000 { _ = index.insert(try Self.random(50, &chance)) }
        for _ in 0..<100 { _ = index.insert(print.kept) }
        #expect(index.matches(of: print).count == PrintIndex.matchCountMax)
        #expect(index.byteCount < 20_100 * 700)
    }
}

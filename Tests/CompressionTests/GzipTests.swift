import Compression
import TestSupport
import Testing

@Suite struct GzipTests {
    @Test(arguments: [0, 1, 1000, 100_000, 300_000]) func `what is compressed comes back`(count: Int) {
        let text = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* $0 / 7) & 0x3F }
        #expect(Gunzip.expand(Gzip.compress(text)) == text)
    }

    @Test(arguments: 1...20) func `pieces of any size give one member with the same content`(seed: UInt64) {
        var random = SeededRandom(seed: seed)
        var gzip: [UInt8] = []
        var all: [UInt8] = []
        let member = Gzip()
        for _ in 0..<Int.random(in: 0...30, using: &random) {
            let isNoise = Bool.random(using: &random)
            let piece = (0..<Int.random(in: 0...20_000, using: &random)).map { _ in
                isNoise ? UInt8.random(in: 0...255, using: &random) : UInt8(65)
            }
            all += piece
            gzip += member.add(piece)
        }
        gzip += member.finish()
        #expect(Gunzip.expand(gzip) == all)
    }

    @Test func `the same bytes give the same result, and text gets shorter`() {
        let text = Array(String(repeating: "a recording with a grade, ", count: 400).utf8)
        #expect(Gzip.compress(text) == Gzip.compress(text))
        #expect(Gzip.compress(text).count < text.count / 20)
    }
}

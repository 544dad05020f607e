import AudioFiles
import Foundation
import Testing

@Suite struct ResamplerTests {
    private func tone(_ hz: Double, _ rate: Int, _ count: Int) -> [Float] {
        (0..<count).map { Float(0.5 * sin(2 * .pi * hz * Double($0) / Double(rate))) }
    }

    private func resampled(_ samples: [Float], _ from: Int, _ to: Int, block: Int = 1000) -> [Float] {
        var resampler = Resampler(fromHz: from, toHz: to)
        var output: [Float] = []
        for start in stride(from: 0, to: samples.count, by: block) {
            resampler.process(Array(samples[start..<min(samples.count, start + block)]), into: &output)
        }
        resampler.flush(into: &output)
        return output
    }

    @Test(arguments: [8000, 11_025, 22_050, 32_000, 44_100, 48_000, 96_000, 192_000])
    func `a tone keeps its place, length and level from any rate`(rate: Int) {
        let output = resampled(tone(440, rate, rate), rate, 16_000)
        #expect(abs(output.count - 16_000) <= 1)
        let truth = tone(440, 16_000, 16_000)
        for index in 1000..<15_000 { #expect(abs(output[index] - truth[index]) < 1e-3) }
    }

    @Test func `what lies above half the new rate is gone`() {
        let output = resampled(tone(9000, 48_000, 48_000), 48_000, 16_000)
        #expect(output[1000..<15_000].allSatisfy { abs($0) < 1e-4 })
    }

    @Test func `blocks of any size give the same samples`() {
        let samples = tone(300, 44_100, 20_000)
        let whole = resampled(samples, 44_100, 16_000, block: 20_000)
        for block in [1, 13, 4096] { #expect(resampled(samples, 44_100, 16_000, block: block) == whole) }
    }

    @Test func `equal rates pass samples through untouched`() {
        let samples = tone(300, 16_000, 5000)
        #expect(resampled(samples, 16_000, 16_000) == samples)
    }

    @Test func `nothing gives nothing`() {
        #expect(resampled([], 44_100, 16_000).isEmpty)
    }
}

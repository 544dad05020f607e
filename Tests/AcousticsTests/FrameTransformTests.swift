import Foundation
import TestSupport
import Testing

@testable import Acoustics

@Suite("Transform of eight frames")
struct FrameTransformTests {
    @Test("gives the power of the plain transform", arguments: [8, 16, 32, 64, 256, 512, 1024, 4096])
    func power(length: Int) {
        var random = SeededRandom(seed: UInt64(length))
        var transform = FrameTransform(length: length)
        #expect(transform.binCount == length / 2 + 1)
        for windowLength in [length, length - 4, 4] {
            let hop = Int.random(in: 1...length, using: &random)
            let samples = (0..<7 * hop + windowLength).map { _ in Float.random(in: -1...1, using: &random) }
            let window = (0..<windowLength).map { _ in Float.random(in: 0...1, using: &random) }
            let means = Frames((0..<8).map { _ in Float.random(in: -1...1, using: &random) })
            // What was measured before is overwritten.
            var power = [Frames](repeating: Frames(repeating: .nan), count: transform.binCount)
            samples.withUnsafeBufferPointer {
                transform.power(of: $0.baseAddress!, hop: hop, window: window, less: means, into: &power)
            }
            for frame in 0..<8 {
                let weighted = (0..<windowLength).map { Double(window[$0]) * Double(samples[frame * hop + $0] - means[frame]) }
                // An error of a bin is one of the frame's whole power.
                let scale = weighted.reduce(0) { $0 + $1 * $1 } * Double(length)
                for bin in stride(from: 0, through: length / 2, by: max(1, length / 128)) {
                    let exact = Self.power(weighted, bin: bin, length: length)
                    let error = abs(Double(power[bin][frame]) - exact)
                    #expect(error < 1e-6 * scale, "\(windowLength) of \(length), bin \(bin), frame \(frame)")
                }
            }
        }
    }

    private static func power(_ samples: [Double], bin: Int, length: Int) -> Double {
        var (re, im) = (0.0, 0.0)
        for (index, sample) in samples.enumerated() {
            let angle = 2 * Double.pi * Double(bin * index % length) / Double(length)
            re += sample * cos(angle)
            im -= sample * sin(angle)
        }
        return re * re + im * im
    }
}

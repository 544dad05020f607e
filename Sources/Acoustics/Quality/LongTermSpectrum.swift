import Foundation

/// The mean power spectrum of a recording, and what its upper end says about where the recording came from.
struct LongTermSpectrum: Sendable {
    private let sampleRateHz: Int
    private let length: Int
    private let window: [Float]
    private var transform: FrameTransform
    private var power: [Frames]
    private var mean: [Double]
    private var frameCount = 0
    private var pending: [Float] = []

    init(sampleRateHz: Int) {
        self.sampleRateHz = sampleRateHz
        var length = 64
        while length * 25 < sampleRateHz { length *= 2 }
        self.length = length
        // So that the strong lower end does not hide the upper.
        window = (0..<length).map { Float(BlackmanHarris.weight(at: $0, of: length)) }
        transform = FrameTransform(length: length)
        power = Array(repeating: .zero, count: length / 2 + 1)
        mean = Array(repeating: 0, count: length / 2 + 1)
        pending.reserveCapacity(FrameGrid.batch * length + 4096)
    }

    mutating func append(_ samples: UnsafeBufferPointer<Float>) {
        pending.append(contentsOf: samples)
        var used = 0
        while pending.count - used >= FrameGrid.batch * length {
            add(from: used, frames: FrameGrid.batch)
            used += FrameGrid.batch * length
        }
        pending.removeFirst(used)
    }

    /// What the spectrum says; the rest is filled up with silence.
    mutating func finish() -> SpectrumEnd {
        let frames = pending.count / length
        if frames > 0 {
            pending.append(contentsOf: repeatElement(0, count: FrameGrid.batch * length - pending.count))
            add(from: 0, frames: frames)
        }
        guard frameCount > 0 else { return SpectrumEnd(bandsDecibels: [], bandHz: 0) }
        let binHz = Double(sampleRateHz) / Double(length)
        let perBand = max(1, Int((100 / binHz).rounded()))
        let bands = stride(from: 0, to: length / 2 - perBand, by: perBand).map { first in
            10 * log10(max(1e-30, mean[first..<first + perBand].reduce(0, +) / Double(frameCount * perBand)))
        }
        return SpectrumEnd(bandsDecibels: bands, bandHz: binHz * Double(perBand))
    }

    private mutating func add(from start: Int, frames: Int) {
        pending.withUnsafeBufferPointer {
            transform.power(of: $0.baseAddress! + start, hop: length, window: window, into: &power)
        }
        for bin in mean.indices {
            for lane in 0..<frames { mean[bin] += Double(power[bin][lane]) }
        }
        frameCount += frames
    }
}

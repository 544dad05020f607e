import Foundation

/// Levels of a recording over time and frequency, to be looked at: 128 rows of 62.5 Hz from 0 to 8 kHz, one column every 10 ms
/// (20 ms under a Hamming window). Append samples in blocks of any size, then finish.
public struct Spectrogram: Sendable {
    public static let rowCount = 128
    /// Decibels between two levels.
    public static let stepDecibels = 0.5

    /// For each column its rows from low to high, in steps over a floor far under any sound.
    public private(set) var levels: [UInt8] = []

    private static let floorDecibels: Float = -87

    private var transform = FrameTransform(length: FrameGrid.shortTransformLength)
    private let window = Window.hamming(FrameGrid.shortLength)
    private var power = [Frames](repeating: .zero, count: FrameGrid.shortTransformLength / 2 + 1)
    private var pending: [Float] = []

    /// Samples that eight frames need.
    private static let batchSampleCount = (FrameGrid.batch - 1) * FrameGrid.hop + FrameGrid.shortLength

    public init() {}

    /// Columns so far.
    public var columnCount: Int { levels.count / Self.rowCount }

    /// Takes the next samples: mono, 16 kHz, -1…1. Samples that are not finite count as 0.
    public mutating func append(_ samples: [Float]) {
        samples.withUnsafeBufferPointer { Sample.append($0, to: &pending) }
        var start = 0
        while pending.count - start >= Self.batchSampleCount {
            measure(from: start, frameCount: FrameGrid.batch)
            start += FrameGrid.batch * FrameGrid.hop
        }
        pending.removeFirst(start)
    }

    /// Measures what is left of the last frames.
    public mutating func finish() {
        let frameCount = FrameGrid.count(ofLength: FrameGrid.shortLength, in: pending.count)
        pending += [Float](repeating: 0, count: Self.batchSampleCount)
        if frameCount > 0 { measure(from: 0, frameCount: min(FrameGrid.batch, frameCount)) }
        pending = []
    }

    private mutating func measure(from start: Int, frameCount: Int) {
        pending.withUnsafeBufferPointer { samples in
            transform.power(of: samples.baseAddress! + start, hop: FrameGrid.hop, window: window, into: &power)
        }
        for lane in 0..<frameCount {
            for row in 0..<Self.rowCount {
                let strongest = max(power[2 * row + 1][lane], power[2 * row + 2][lane])
                let decibels = 10 * log10(max(1e-20, strongest))
                levels.append(UInt8(max(0, min(255, (decibels - Self.floorDecibels) / Float(Self.stepDecibels)))))
            }
        }
    }
}

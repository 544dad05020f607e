import Foundation

/// Takes the print of a recording in one pass: append its samples in blocks of any size, then finish. The print does not
/// depend on the sizes of the blocks, nor on the gain.
public struct PrintExtractor: Sendable {
    /// The one rate at which prints are defined: resample before.
    public static let sampleRateHz = FeatureExtractor.sampleRateHz

    private static let window = (0..<PrintGrid.length).map { index in
        // Hann.
        Float(0.5 - 0.5 * cos(2 * Double.pi * (Double(index) + 0.5) / Double(PrintGrid.length)))
    }
    private static let batchLength = PrintGrid.length + (FrameGrid.batch - 1) * PrintGrid.hop

    private var decimator = PrintDecimator()
    private var transform = FrameTransform(length: PrintGrid.length)
    private var power = [Frames](repeating: .zero, count: PrintGrid.length / 2 + 1)
    private let bands = PrintGrid.tunings.map { PrintBands(tuning: $0) }
    private var pending: [Float] = []
    /// By tuning 33 energies a frame, all frames together.
    private var energies = [[Float]](repeating: [], count: PrintGrid.tunings.count)
    private var sums = [Frames](repeating: .zero, count: PrintGrid.bandCount)

    private var frameCount: Int { energies[0].count / PrintGrid.bandCount }

    public init() {}

    /// Takes the next samples: mono, 16 kHz, -1…1. Samples that are not finite count as 0.
    public mutating func append(_ samples: UnsafeBufferPointer<Float>) {
        guard frameCount < PrintGrid.countMax else { return }
        decimator.append(samples, into: &pending)
        var used = 0
        while pending.count - used >= Self.batchLength, frameCount < PrintGrid.countMax {
            measure(from: used, frames: FrameGrid.batch)
            used += FrameGrid.batch * PrintGrid.hop
        }
        pending.removeFirst(used)
    }

    /// Takes the next samples: mono, 16 kHz, -1…1. Samples that are not finite count as 0.
    public mutating func append(_ samples: [Float]) { samples.withUnsafeBufferPointer { append($0) } }

    /// The print of all samples taken, nil where too little was said; the extractor is used up.
    public consuming func finish() -> Print? {
        let frames = max(0, (pending.count - PrintGrid.length) / PrintGrid.hop + (pending.count < PrintGrid.length ? 0 : 1))
        if frames > 0, frameCount < PrintGrid.countMax {
            pending.append(contentsOf: repeatElement(0, count: Self.batchLength))
            measure(from: 0, frames: min(FrameGrid.batch, frames))
        }
        let lines = energies.compactMap { PrintCoder(energies: $0).line }
        return lines.count == PrintGrid.tunings.count ? Print(lines: lines) : nil
    }

    private mutating func measure(from start: Int, frames: Int) {
        pending.withUnsafeBufferPointer {
            transform.power(of: $0.baseAddress! + start, hop: PrintGrid.hop, window: Self.window, into: &power)
        }
        for tuning in bands.indices {
            bands[tuning].sum(power, into: &sums)
            for lane in 0..<frames {
                for band in 0..<PrintGrid.bandCount { energies[tuning].append(sums[band][lane]) }
            }
        }
    }
}

import Foundation

/// Integrated loudness of one channel with both gates (ITU-R BS.1770-4).
struct LoudnessMeter: Sendable {
    private let sampleRateHz: Int
    private var weighting: KWeighting
    /// Mean squares of 100 ms: four of them are a gating block, and blocks overlap by three.
    private var tenths: [Double] = []
    private var sum = 0.0
    private var inTenth = 0
    private var tenthLength: Int

    init(sampleRateHz: Int) {
        self.sampleRateHz = sampleRateHz
        weighting = KWeighting(sampleRateHz: sampleRateHz)
        tenthLength = sampleRateHz / 10
    }

    mutating func append(_ samples: UnsafeBufferPointer<Float>) {
        for sample in samples {
            let y = weighting.filter(Double(sample))
            sum += y * y
            inTenth += 1
            if inTenth == tenthLength { endTenth() }
        }
    }

    /// nil where no block of 400 ms passes the gates.
    var integratedLUFS: Double? {
        guard tenths.count >= 4 else { return nil }
        let blocks = (0...tenths.count - 4).map { tenths[$0..<$0 + 4].reduce(0, +) / 4 }
        let audible = blocks.filter { Self.loudness($0) > -70 }
        guard !audible.isEmpty else { return nil }
        let gate = Self.loudness(audible.reduce(0, +) / Double(audible.count)) - 10
        let counted = audible.filter { Self.loudness($0) > gate }
        guard !counted.isEmpty else { return nil }
        return Self.loudness(counted.reduce(0, +) / Double(counted.count))
    }

    private static func loudness(_ meanSquare: Double) -> Double { -0.691 + 10 * log10(max(1e-30, meanSquare)) }

    private mutating func endTenth() {
        tenths.append(sum / Double(inTenth))
        sum = 0
        inTenth = 0
        tenthLength = (tenths.count + 1) * sampleRateHz / 10 - tenths.count * sampleRateHz / 10
    }
}

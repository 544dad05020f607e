import Foundation

/// Loudness with both gates (ITU-R BS.1770-4): one meter hears one channel, and the energies of all channels are added.
///
/// Each channel has the weight 1. The standard gives 1.41 to the loudspeakers beside and behind the listener; the channels
/// of a recording of speech are microphones, which stand nowhere.
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

    /// The energy of all whole 100 ms, after weighting.
    var energy: Double { tenths.reduce(0, +) }

    /// Of the channels together, which have the same length; nil where no block of 400 ms passes the gates.
    static func integratedLUFS(of channels: some Sequence<LoudnessMeter>) -> Double? {
        var tenths: [Double] = []
        for channel in channels {
            tenths = tenths.isEmpty ? channel.tenths : zip(tenths, channel.tenths).map { $0 + $1 }
        }
        return integratedLUFS(tenths: tenths)
    }

    private static func integratedLUFS(tenths: [Double]) -> Double? {
        guard tenths.count >= 4 else { return nil }
        let blocks = (0...tenths.count - 4).map { tenths[$0..<$0 + 4].reduce(0, +) / 4 }
        let audible = blocks.filter { loudness($0) > -70 }
        guard !audible.isEmpty else { return nil }
        let gate = loudness(audible.reduce(0, +) / Double(audible.count)) - 10
        let counted = audible.filter { loudness($0) > gate }
        guard !counted.isEmpty else { return nil }
        return loudness(counted.reduce(0, +) / Double(counted.count))
    }

    private static func loudness(_ meanSquare: Double) -> Double { -0.691 + 10 * log10(max(1e-30, meanSquare)) }

    private mutating func endTenth() {
        tenths.append(sum / Double(inTenth))
        sum = 0
        inTenth = 0
        tenthLength = (tenths.count + 1) * sampleRateHz / 10 - tenths.count * sampleRateHz / 10
    }
}

import Foundation

/// The mel bands of all short frames as natural logarithms of power, and which frames are active: within 40 dB of the level
/// that 5 % of the frames exceed. Levels are told relative to the mean level of active frames, so that gain does not matter.
struct BandFrames: Sendable {
    static let bandCount = MelBands.count

    /// Natural logarithm of the ratio of powers 40 dB apart.
    private static let activeDepth = Float(4 * log(10.0))
    private static let loudShare = 0.95
    /// 80 dB under the mean level nothing is heard beside it; what lies deeper counts as there.
    private static let floor = Float(-8 * log(10.0))
    private static let log2ToNatural = Float(log(2.0))
    /// Frames of no more than the least power in each band are digital silence.
    private static let silence = Float(log(1e-24 * 1.01 * Double(bandCount)))

    /// For each frame its bands, in binary logarithms.
    private let bands: [Float]
    let count: Int
    let isActive: [Bool]
    /// From the first active frame to behind the last.
    let extent: Range<Int>
    private let reference: Float

    /// - Parameter bands: binary logarithms of power, `bandCount` a frame.
    init(log2Power bands: [Float]) {
        self.bands = bands
        count = bands.count / Self.bandCount
        let levels = Self.levels(bands, count)
        let threshold = Percentile(levels)[Self.loudShare].map { max(Float($0) - Self.activeDepth, Self.silence) }
        let isActive = levels.map { $0 > threshold! }
        let active = levels.indices.filter { isActive[$0] }
        self.isActive = isActive
        extent = active.isEmpty ? 0..<0 : active[0]..<active[active.count - 1] + 1
        reference = Float(Statistics(active.map { levels[$0] }).mean ?? 0)
    }

    /// The level of a band in a frame over the mean level of active frames, at least `floor`.
    @inline(__always)
    func level(_ frame: Int, _ band: Int) -> Float {
        max(Self.floor, Self.log2ToNatural * bands[frame * Self.bandCount + band] - reference)
    }

    private static func levels(_ bands: [Float], _ count: Int) -> [Float] {
        (0..<count).map { frame in
            let own = bands[frame * bandCount..<(frame + 1) * bandCount]
            let largest = own.max()!
            return log2ToNatural * (largest + log2(own.reduce(0) { $0 + exp2($1 - largest) }))
        }
    }
}

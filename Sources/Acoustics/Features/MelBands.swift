import Foundation

/// 26 triangles, equally wide on the mel scale m = 1127 ln(1 + f / 700) (f in Hz; O'Shaughnessy 1987, Speech Communication: Human
/// and Machine) from 20 to 8000 Hz, each over half of its neighbours, with height 1 (Davis and Mermelstein 1980, IEEE Trans. ASSP
/// 28(4)).
struct MelBands: Sendable {
    static let count = 26
    private static let lowestHz = 20.0
    private static let highestHz = 8000.0

    /// Centre of each band.
    static let centresHz: [Double] = (1...count).map { hz(atPoint: Double($0)) }

    /// Bins between the same two centres belong to the same two bands.
    private struct Stretch {
        let bins: Range<Int>
        /// The band that rises here; the one before falls. 0…26.
        let rising: Int
    }

    private let stretches: [Stretch]
    /// For each bin the weight in the rising band; the falling band has the rest.
    private let weights: [Float]

    init(binCount: Int, binHz: Double) {
        let points = (0..<binCount).map { Self.point(atHz: Double($0) * binHz) }
        weights = points.map { Float($0 - $0.rounded(.down)) }
        stretches = (0...Self.count).compactMap { rising in
            let bins = points.indices.filter { points[$0] >= Double(rising) && points[$0] < Double(rising + 1) }
            guard let first = bins.first, let last = bins.last else { return nil }
            return Stretch(bins: first..<last + 1, rising: rising)
        }
    }

    /// Sums power into bands.
    @inline(__always)
    func sum(_ power: UnsafePointer<Frames>, into bands: inout [Frames]) {
        for band in 0..<Self.count { bands[band] = .zero }
        weights.withUnsafeBufferPointer { weights in
            for stretch in stretches {
                var rising = Frames.zero
                var total = Frames.zero
                for bin in stretch.bins {
                    rising += power[bin] * weights[bin]
                    total += power[bin]
                }
                if stretch.rising < Self.count { bands[stretch.rising] += rising }
                if stretch.rising > 0 { bands[stretch.rising - 1] += total - rising }
            }
        }
    }

    private static func mel(_ hz: Double) -> Double { 1127 * log(1 + hz / 700) }

    /// On a scale on which band b rises from b, peaks at b + 1 and ends at b + 2.
    private static func point(atHz hz: Double) -> Double {
        (mel(hz) - mel(lowestHz)) / (mel(highestHz) - mel(lowestHz)) * Double(count + 1)
    }

    private static func hz(atPoint point: Double) -> Double {
        let mel = mel(lowestHz) + point / Double(count + 1) * (mel(highestHz) - mel(lowestHz))
        return 700 * (exp(mel / 1127) - 1)
    }
}

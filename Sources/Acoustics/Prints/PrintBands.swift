import Foundation

/// The energies of 33 bands of equal ratio from 300 to 2000 Hz.
struct PrintBands: Sendable {
    /// The first bin of each band, and the one behind the last.
    private let edges: [Int]

    /// - Parameter tuning: what all frequencies are multiplied by.
    init(tuning: Double) {
        let binHz = 16_000.0 / Double(PrintGrid.decimation) / Double(PrintGrid.length)
        edges = (0...PrintGrid.bandCount).map { band in
            let ratio = Double(band) / Double(PrintGrid.bandCount)
            return Int(
                (tuning * PrintGrid.lowestHz * pow(PrintGrid.highestHz / PrintGrid.lowestHz, ratio) / binHz).rounded())
        }
    }

    /// Sums power into `bandCount` bands, eight frames at once.
    func sum(_ power: [Frames], into bands: inout [Frames]) {
        for band in 0..<PrintGrid.bandCount {
            var sum = Frames.zero
            for bin in edges[band]..<edges[band + 1] { sum += power[bin] }
            bands[band] = sum
        }
    }
}

import Foundation

/// Adds band-limited impulses at times between the samples: a sinc of 32 samples under a Blackman window,
/// so that a period of 100.37 samples is 100.37 samples.
enum ImpulseTrain {
    private static let halfWidth = 16

    static func add(_ amplitude: Double, atSample time: Double, to excitation: inout [Double]) {
        let start = Int(time.rounded(.down)) - halfWidth + 1
        let first = min(excitation.count, max(0, start))
        for index in first..<max(first, min(excitation.count, start + 2 * halfWidth)) {
            let distance = Double(index) - time
            excitation[index] += amplitude * kernel(distance)
        }
    }

    private static func kernel(_ distance: Double) -> Double {
        let phase = Double.pi * distance / Double(halfWidth)
        let window = 0.42 + 0.5 * cos(phase) + 0.08 * cos(2 * phase)
        guard abs(distance) > 1e-9 else { return window }
        return window * sin(.pi * distance) / (.pi * distance)
    }
}

import Foundation

/// The weights of a frame's samples.
enum Window {
    /// Hamming's, 0.54 - 0.46 cos (Harris 1978, Proc. IEEE 66(1), 51-83): its last sample is the mirror of its first.
    static func hamming(_ length: Int) -> [Float] {
        (0..<length).map { Float(0.54 - 0.46 * cos(2 * .pi * Double($0) / Double(length - 1))) }
    }

    /// Gauss's (Harris 1978). The deviation is a share of half the length.
    static func gaussian(_ length: Int, deviation: Double) -> [Float] {
        let half = Double(length - 1) / 2
        return (0..<length).map {
            let z = (Double($0) - half) / (deviation * half)
            return Float(exp(-0.5 * z * z))
        }
    }
}

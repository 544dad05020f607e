import Foundation

/// Mel bands, loudness and cepstrum in double precision, straight from the definitions.
enum SlowBands {
    private static let edges: [Double] = {
        let mel = { (hz: Double) in 1127 * log(1 + hz / 700) }
        return (0...27).map { mel(20) + Double($0) / 27 * (mel(8000) - mel(20)) }
    }()

    static func energies(_ power: [Double]) -> [Double] {
        (1...26).map { band in
            power.indices.reduce(0.0) { sum, bin in
                let mel = 1127 * log(1 + Double(bin) * 31.25 / 700)
                let rise = (mel - edges[band - 1]) / (edges[band] - edges[band - 1])
                let fall = (edges[band + 1] - mel) / (edges[band + 1] - edges[band])
                return sum + power[bin] * max(0, min(rise, fall))
            }
        }
    }

    static func loudness(_ energies: [Double]) -> Double {
        energies.enumerated().reduce(0) { sum, band in
            let hz = 700 * (exp(edges[band.offset + 1] / 1127) - 1)
            let w2 = (2 * Double.pi * hz) * (2 * Double.pi * hz)
            let bottom = (w2 + 6.3e6) * (w2 + 6.3e6) * (w2 + 0.38e9) * (w2 * w2 * w2 / 9.58e26 + 1)
            return sum + pow(band.element * w2 * w2 * (w2 + 56.8e6) / bottom, 0.33)
        }
    }

    static func cepstrum(_ index: Int, _ energies: [Double]) -> Double {
        let sum = energies.enumerated().reduce(0.0) {
            $0 + log($1.element) * cos(.pi * Double(index) * (Double($1.offset) + 0.5) / 26)
        }
        return (1 + 11 * sin(.pi * Double(index) / 22)) * (2.0 / 26).squareRoot() * sum
    }
}

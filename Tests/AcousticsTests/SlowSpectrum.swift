import Foundation

/// The spectral contours of a recording in double precision, straight from the definitions: 20 ms under a Hamming window every 10
/// ms, a plain transform of 512 points. Not smoothed.
struct SlowSpectrum {
    /// For each frame |X|² of bins 0…256.
    let power: [[Double]]

    private static let window = (0..<320).map { 0.54 - 0.46 * cos(2 * .pi * Double($0) / 319) }
    private static let cosines = (0..<512).map { cos(2 * .pi * Double($0) / 512) }
    private static let sines = (0..<512).map { sin(2 * .pi * Double($0) / 512) }

    init(_ samples: [Float]) {
        power = (0..<max(0, (samples.count - 320) / 160 + 1)).map { frame in
            let weighted = (0..<320).map { Self.window[$0] * Double(samples[frame * 160 + $0]) }
            return Self.transform(weighted)
        }
    }

    var alphaRatio: [Double?] { power.map { 10 * log10($0[32...160].reduce(0, +) / $0[2...31].reduce(0, +)) } }

    var hammarbergIndex: [Double?] { power.map { 10 * log10($0[0...63].max()! / $0[64...160].max()!) } }

    /// Least squares over bins, in decibels per Hz.
    func slope(_ bins: ClosedRange<Int>) -> [Double?] {
        power.map { power in
            let hz = bins.map { Double($0) * 31.25 }
            let levels = power[bins].map { 10 * log10($0) }
            let mean = hz.reduce(0, +) / Double(hz.count)
            let top = zip(hz, levels).reduce(0) { $0 + ($1.0 - mean) * $1.1 }
            return top / hz.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
        }
    }

    var flux: [Double?] {
        [nil]
            + zip(power, power.dropFirst()).map { before, here in
                let squares = (0...160).reduce(0.0) { $0 + pow(here[$1].squareRoot() - before[$1].squareRoot(), 2) }
                return (squares / 161).squareRoot()
            }
    }

    /// Root mean square magnitude over 0–5 kHz of the loudest frame: what flux is a change of.
    var magnitude: Double { power.map { ($0[0...160].reduce(0, +) / 161).squareRoot() }.max() ?? 0 }

    var loudness: [Double?] { power.map { SlowBands.loudness(SlowBands.energies($0)) } }

    func cepstrum(_ index: Int) -> [Double?] { power.map { SlowBands.cepstrum(index, SlowBands.energies($0)) } }

    private static func transform(_ samples: [Double]) -> [Double] {
        (0...256).map { bin in
            var (re, im) = (0.0, 0.0)
            for index in samples.indices {
                re += samples[index] * cosines[bin * index & 511]
                im += samples[index] * sines[bin * index & 511]
            }
            return re * re + im * im
        }
    }
}

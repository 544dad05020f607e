import Foundation

/// The cepstrum of the mel bands (DCT-II scaled sqrt(2/26), no lifter): coefficients 1 to 12 of voiced, active and active
/// unvoiced frames, and how much 0 to 12 change from one active frame's neighbour to the other (20 ms).
struct CepstrumStatistics: Sendable {
    private static let last = 12

    static let names: [String] =
        ["V", "A"].flatMap { frames in
            ["amean", "stddev"].flatMap { what in (1...last).map { "cepstrum\($0)\(frames)_\(what)" } }
        }
        + ["stddev", "absmean"].flatMap { what in (0...last).map { "cepstrumChange\($0)A_\(what)" } }
        + (1...last).map { "cepstrum\($0)U_amean" }

    let values: [Double?]

    private static let cosines: [[Float]] = (0...last).map { index in
        (0..<BandFrames.bandCount).map { band in
            let angle = Double.pi * Double(index) * (Double(band) + 0.5) / Double(BandFrames.bandCount)
            return Float((2 / Double(BandFrames.bandCount)).squareRoot() * cos(angle))
        }
    }

    init(_ frames: BandFrames, isVoiced: [Bool]) {
        let width = Self.last + 1
        let cosines = Self.cosines
        var (voiced, active, unvoiced) = (Moments(width: width), Moments(width: width), Moments(width: width))
        var change = Moments(width: width)
        var levels = [Float](repeating: 0, count: BandFrames.bandCount)
        var cepstrum = [Float](repeating: 0, count: width)
        for frame in 0..<frames.count where isVoiced[frame] || frames.isActive[frame] {
            for band in levels.indices { levels[band] = frames.level(frame, band) }
            Self.transform(levels, cosines, into: &cepstrum)
            if isVoiced[frame] { voiced.add(cepstrum) }
            guard frames.isActive[frame] else { continue }
            active.add(cepstrum)
            if !isVoiced[frame] { unvoiced.add(cepstrum) }
            guard frame > 0, frame + 1 < frames.count else { continue }
            for band in levels.indices { levels[band] = frames.level(frame + 1, band) - frames.level(frame - 1, band) }
            Self.transform(levels, cosines, into: &cepstrum)
            change.add(cepstrum)
        }
        values =
            voiced.means.dropFirst() + voiced.deviations.dropFirst() + active.means.dropFirst() + active.deviations.dropFirst()
            + change.deviations + change.meanMagnitudes + unvoiced.means.dropFirst()
    }

    private static func transform(_ levels: [Float], _ cosines: [[Float]], into cepstrum: inout [Float]) {
        for index in cepstrum.indices {
            var sum: Float = 0
            for band in levels.indices { sum += levels[band] * cosines[index][band] }
            cepstrum[index] = sum
        }
    }
}

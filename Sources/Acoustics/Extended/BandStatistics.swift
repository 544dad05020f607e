/// The mel spectrum: mean and deviation of each band's level over voiced and over active frames, and how much it changes
/// from one active frame's neighbour to the other (20 ms). In natural logarithms of power over the recording's mean level.
struct BandStatistics: Sendable {
    static let names: [String] =
        ["V", "A"].flatMap { frames in
            ["amean", "stddev"].flatMap { what in (1...BandFrames.bandCount).map { "melBand\($0)\(frames)_\(what)" } }
        } + (1...BandFrames.bandCount).map { "melBandChange\($0)A_absmean" }

    let values: [Double?]

    init(_ frames: BandFrames, isVoiced: [Bool]) {
        let width = BandFrames.bandCount
        var (voiced, active, change) = (Moments(width: width), Moments(width: width), Moments(width: width))
        var levels = [Float](repeating: 0, count: width)
        for frame in 0..<frames.count where isVoiced[frame] || frames.isActive[frame] {
            for band in 0..<width { levels[band] = frames.level(frame, band) }
            if isVoiced[frame] { voiced.add(levels) }
            guard frames.isActive[frame] else { continue }
            active.add(levels)
            guard frame > 0, frame + 1 < frames.count else { continue }
            for band in 0..<width { levels[band] = frames.level(frame + 1, band) - frames.level(frame - 1, band) }
            change.add(levels)
        }
        values = voiced.means + voiced.deviations + active.means + active.deviations + change.meanMagnitudes
    }
}

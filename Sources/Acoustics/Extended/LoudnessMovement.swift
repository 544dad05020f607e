import Foundation

/// How loudness is spread and moves over the active frames, in natural logarithms over their mean, and how much of the
/// recording is voiced and active.
struct LoudnessMovement: Sendable {
    static let names =
        ["stddev", "percentile5", "percentile95", "pctlrange5-95", "skewness"].map { "logLoudnessA_" + $0 }
        + ["stddev", "percentile5", "percentile95"].map { "logLoudnessChangeA_" + $0 }
        + ["lastThirdOverMean", "firstThirdOverMean"].map { "logLoudnessA_" + $0 }
        + ["voicedShareOfExtent", "activeShareOfExtent", "logExtentFrames"]

    let values: [Double?]

    /// Keeps logarithms finite.
    private static let least: Float = 1e-6

    /// - Parameter loudness: the contour before it is smoothed, one value a short frame.
    init(_ loudness: [Float], _ frames: BandFrames, isVoiced: [Bool]) {
        let logarithms = loudness.map { log(max(Self.least, $0)) }
        let places = frames.extent.filter { frames.isActive[$0] }
        let active = places.map { logarithms[$0] }
        let mean = Float(Statistics(active).mean ?? 0)
        let level = active.map { $0 - mean }
        let steps = zip(places, places.dropFirst()).filter { $1 == $0 + 1 }.map { logarithms[$1] - logarithms[$0] }
        let (spread, change) = (Movement(level), Movement(steps))
        let third = max(1, level.count / 3)
        values =
            [spread.deviation, spread.low, spread.high, spread.range, spread.skewness]
            + [change.deviation, change.low, change.high]
            + [
                Movement.excess(level, max(0, level.count - third)..<level.count),
                Movement.excess(level, 0..<min(third, level.count)),
            ]
            + Self.shares(frames, isVoiced)
    }

    private static func shares(_ frames: BandFrames, _ isVoiced: [Bool]) -> [Double?] {
        let extent = frames.extent
        guard !extent.isEmpty else { return [nil, nil, nil] }
        let length = Double(extent.count)
        return [
            Double(extent.count { isVoiced[$0] }) / length, Double(extent.count { frames.isActive[$0] }) / length, log(length),
        ]
    }
}

import Foundation

/// Where in a recording there is speech: frames of 10 ms well over the background around them, with hangover. The thresholds, in
/// decibels, and the hangover are this program's own.
struct SpeechActivity: Sendable {
    private static let secondsPerFrame = 1.0 / Double(LevelContour.framesPerSecond)
    /// Speech moves by more than this between its loud and its quiet moments.
    private static let rangeMinDecibels: Float = 9
    private static let hangoverFrames = 15
    private static let shortestFrames = 5

    /// One value a frame; nil where nothing separates speech from background.
    let isSpeech: [Bool]?
    /// Level of the quietest tenth; nil for digital silence.
    let floorDecibels: Double?
    /// Mean square of speech frames over that of the others, both without digital silence; nil with too few of either.
    let speechMeanSquare: Double?
    let pauseMeanSquare: Double?

    /// Takes the mean squares of consecutive frames, 0 for digital silence.
    init(meanSquares: [Float]) {
        let levels = meanSquares.map { $0 > 0 ? 10 * log10(max(1e-16, $0)) : -.infinity }
        let sounding = levels.filter { $0 > -.infinity }.sorted()
        floorDecibels = sounding.isEmpty ? nil : Double(sounding[Int(0.08 * Double(sounding.count - 1))])
        isSpeech = Self.decide(levels, sounding: sounding)
        let speech = Self.mean(meanSquares, isSpeech) { $0 }
        let pause = Self.mean(meanSquares, isSpeech) { !$0 }
        speechMeanSquare = speech
        pauseMeanSquare = pause
    }

    var share: Double? {
        guard let isSpeech, !isSpeech.isEmpty else { return nil }
        return Double(isSpeech.count { $0 }) / Double(isSpeech.count)
    }

    var leadingSeconds: Double { silence(isSpeech?.firstIndex(of: true)) }

    var trailingSeconds: Double { silence(isSpeech?.lastIndex(of: true).map { isSpeech!.count - 1 - $0 }) }

    var longestPauseSeconds: Double {
        guard let isSpeech, let first = isSpeech.firstIndex(of: true), let last = isSpeech.lastIndex(of: true) else { return 0 }
        var longest = 0
        var current = 0
        for frame in isSpeech[first...last] {
            current = frame ? 0 : current + 1
            longest = max(longest, current)
        }
        return Double(longest) * Self.secondsPerFrame
    }

    private func silence(_ frames: Int?) -> Double {
        Double(frames ?? isSpeech?.count ?? 0) * Self.secondsPerFrame
    }

    private static func decide(_ levels: [Float], sounding: [Float]) -> [Bool]? {
        guard levels.count >= 10 else { return nil }
        guard let quiet = sounding.first, quiet < .infinity else { return levels.map { _ in false } }
        let low = sounding[Int(0.05 * Double(sounding.count - 1))]
        let high = sounding[Int(0.95 * Double(sounding.count - 1))]
        let hasDigitalSilence = sounding.count < levels.count * 9 / 10
        guard high > -75 else { return levels.map { _ in false } }
        guard high - low >= rangeMinDecibels || hasDigitalSilence else { return nil }
        let floors = LocalFloor.of(levels)
        let isLoud = zip(levels, floors).map { level, floor in
            // Over the background, and neither far under the loudest nor, where noise swells, asked to exceed it.
            level > max(low + 4, min(high - 12, max(high - 38, floor + 8)))
        }
        return hangOver(dropShort(isLoud))
    }

    private static func dropShort(_ frames: [Bool]) -> [Bool] {
        var frames = frames
        var start = 0
        for index in 0...frames.count where index == frames.count || !frames[index] {
            if index - start < shortestFrames { for inside in start..<index { frames[inside] = false } }
            start = index + 1
        }
        return frames
    }

    /// Gaps shorter than the hangover are closures within speech; ends get a third of it.
    private static func hangOver(_ frames: [Bool]) -> [Bool] {
        var result = frames
        var lastSpeech: Int?
        for index in frames.indices where frames[index] {
            if let last = lastSpeech, index - last <= 2 * hangoverFrames { for inside in last..<index { result[inside] = true } }
            lastSpeech = index
        }
        for index in frames.indices where frames[index] {
            for near in max(0, index - 2)...min(frames.count - 1, index + hangoverFrames / 3) { result[near] = true }
        }
        return result
    }

    private static func mean(_ meanSquares: [Float], _ isSpeech: [Bool]?, _ counts: (Bool) -> Bool) -> Double? {
        guard let isSpeech else { return nil }
        var sum = 0.0
        var count = 0
        for (value, flag) in zip(meanSquares, isSpeech) where value > 0 && counts(flag) {
            sum += Double(value)
            count += 1
        }
        return count < 10 ? nil : sum / Double(count)
    }
}

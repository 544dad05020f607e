import Foundation

/// The best way through the candidates of consecutive frames (Viterbi 1967): strong candidates, few octave jumps, few changes
/// of voicing. A frame is decided as soon as 40 frames behind it are known, so memory stays bounded.
struct PitchPath: Sendable {
    private static let delay = 40
    private static let octaveJumpCost: Float = 1.0
    private static let voicingChangeCost: Float = 0.35
    /// Candidates, and behind them the unvoiced state.
    private static let stateCount = SubharmonicSummation.candidateCount + 1
    private static let unvoiced = stateCount - 1

    private var scores = [Float](repeating: 0, count: stateCount)
    private var nextScores = [Float](repeating: 0, count: stateCount)
    /// Rings over the frames not yet decided.
    private var octaves = [Float](repeating: .nan, count: delay * stateCount)
    private var origins = [Int8](repeating: 0, count: delay * stateCount)
    private var appended = 0
    private var decided = 0

    mutating func append(
        _ candidates: ArraySlice<PitchCandidate>, unvoicedStrength: Float, into decisions: inout [Float]
    ) {
        if appended - decided == Self.delay { decisions.append(decideOldest()) }
        let row = (appended % Self.delay) * Self.stateCount
        let rowBefore = ((appended + Self.delay - 1) % Self.delay) * Self.stateCount
        for state in 0..<Self.stateCount {
            let candidate = state == Self.unvoiced ? nil : candidates[candidates.startIndex + state]
            octaves[row + state] = candidate?.octave ?? .nan
            let strength = candidate?.strength ?? unvoicedStrength
            let (origin, score) = best(to: octaves[row + state], from: rowBefore)
            origins[row + state] = Int8(origin)
            nextScores[state] = strength > -.infinity ? score + strength : -1e9
        }
        // Only differences matter; without this the sums would grow with the recording.
        let highest = nextScores.max() ?? 0
        for state in 0..<Self.stateCount { scores[state] = nextScores[state] - highest }
        appended += 1
    }

    mutating func finish(into decisions: inout [Float]) {
        while decided < appended { decisions.append(decideOldest()) }
    }

    private func best(to octave: Float, from row: Int) -> (origin: Int, score: Float) {
        guard appended > 0 else { return (Self.unvoiced, 0) }
        var origin = Self.unvoiced
        var best = -Float.infinity
        for state in 0..<Self.stateCount {
            let score = scores[state] - cost(octaves[row + state], octave)
            if score > best { (origin, best) = (state, score) }
        }
        return (origin, best)
    }

    private func cost(_ from: Float, _ to: Float) -> Float {
        if from.isNaN != to.isNaN { return Self.voicingChangeCost }
        return from.isNaN ? 0 : Self.octaveJumpCost * abs(from - to)
    }

    /// Follows the best path back from the newest frame.
    private mutating func decideOldest() -> Float {
        var state = scores.firstIndex(of: scores.max()!)!
        var frame = appended - 1
        while frame > decided {
            state = Int(origins[(frame % Self.delay) * Self.stateCount + state])
            frame -= 1
        }
        decided += 1
        return octaves[(frame % Self.delay) * Self.stateCount + state]
    }
}

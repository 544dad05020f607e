import Foundation

/// From spectra of long frames to candidates with strengths, and from these to one pitch a frame.
struct PitchTracker: Sendable {
    /// How much of a candidate's strength hangs on its subharmonic sum: it tells a pitch from its subharmonics, which repeat
    /// as well as the pitch does.
    private static let sumShare: Float = 0.8
    /// Of a pitch and the octave below it the higher is right.
    private static let octaveBonus: Float = 0.05
    /// 128 Hz.
    private static let octaveZero: Float = 7
    /// The level that counts as loud decays by a factor of e in 10 s.
    private static let loudnessRetention: Float = 0.998

    private var summation = SubharmonicSummation()
    private let periodicity = PeriodicityMeter()
    private var candidates = [PitchCandidate](
        repeating: .none, count: FrameGrid.batch * SubharmonicSummation.candidateCount)
    private var loudestPower: Float = 0
    private var path = PitchPath()

    /// Takes the spectra of the next frames; lanes beyond `frames` are ignored. Appends the pitches, in octaves (log2 Hz),
    /// that have become certain since, NaN for unvoiced frames.
    mutating func append(_ power: [Frames], frames: Int, into octaves: inout [Float]) {
        guard frames > 0 else { return }
        summation.candidates(power, into: &candidates)
        let total = weigh(power)
        for lane in 0..<frames {
            loudestPower = max(loudestPower * Self.loudnessRetention, total[lane])
            let level = loudestPower > 1e-20 ? (total[lane] / loudestPower).squareRoot() : 0
            let first = lane * SubharmonicSummation.candidateCount
            path.append(
                candidates[first..<first + SubharmonicSummation.candidateCount],
                unvoicedStrength: Self.unvoicedStrength(level: level), into: &octaves)
        }
    }

    /// Appends the pitches of all frames left; the tracker is used up.
    mutating func finish(into octaves: inout [Float]) { path.finish(into: &octaves) }

    /// Replaces the strengths and refines the octaves by the autocorrelation; returns the frames' power.
    private mutating func weigh(_ power: [Frames]) -> Frames {
        power.withUnsafeBufferPointer { buffer in
            let power = buffer.baseAddress!
            let total = periodicity.total(power)
            let count = SubharmonicSummation.candidateCount
            for rank in 0..<count {
                var octaves = Frames(repeating: 7)
                for lane in 0..<FrameGrid.batch where candidates[lane * count + rank].strength > 0 {
                    octaves[lane] = candidates[lane * count + rank].octave
                }
                let strengths = periodicity.refine(&octaves, power: power, total: total)
                for lane in 0..<FrameGrid.batch where candidates[lane * count + rank].strength > 0 {
                    let index = lane * count + rank
                    let sum = 1 - Self.sumShare + Self.sumShare * candidates[index].strength
                    candidates[index] = PitchCandidate(
                        octave: octaves[lane],
                        strength: strengths[lane] * sum + Self.octaveBonus * (octaves[lane] - Self.octaveZero))
                }
            }
            return total
        }
    }

    /// A frame without voice is taken for one that repeats by 0.45, and the more the quieter it is (Boersma 1993, equation 23).
    private static func unvoicedStrength(level: Float) -> Float { 0.45 + max(0, 2 - level * 48) }
}

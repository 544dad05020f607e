import Foundation

/// Finds candidates for the pitch of four frames at once by subharmonic summation (Hermes 1988).
///
/// Peaks of the spectrum are kept and smoothed, laid on a logarithmic axis, and summed with themselves shifted by the
/// logarithms of 1…15, each harmonic weighing 0.85 of the one before. Amplitudes are compressed by a square root, so that a
/// harmonic raised by a formant does not pass for the fundamental.
struct SubharmonicSummation: Sendable {
    static let lowestHz = 55.0
    static let highestHz = 1000.0
    static let candidateCount = 5
    private static let stepsPerOctave = 48.0
    private static let harmonicCount = 15
    private static let decay: Float = 0.85
    private static let highestHarmonicHz = 4500.0
    /// Sums below this share of the largest are no candidates.
    private static let shareMin: Float = 0.4

    /// Where a step of the logarithmic axis lies between two bins.
    private struct Place {
        let bin: Int
        let fraction: Float
    }

    private let places: [Place]
    private let pitchSteps: Int
    private let shifts: [Int]
    private let binCount: Int
    private var peaks: [SIMD4<Float>]
    private var axis: [SIMD4<Float>]
    private var sums: [SIMD4<Float>]

    init() {
        let octaves = log2(Self.highestHarmonicHz / Self.lowestHz)
        places = (0...Int(octaves * Self.stepsPerOctave)).map {
            let position = Self.lowestHz * exp2(Double($0) / Self.stepsPerOctave) / Double(FrameGrid.longBinHz)
            return Place(bin: Int(position), fraction: Float(position - position.rounded(.down)))
        }
        pitchSteps = Int(log2(Self.highestHz / Self.lowestHz) * Self.stepsPerOctave) + 1
        shifts = (1...Self.harmonicCount).map { Int((log2(Double($0)) * Self.stepsPerOctave).rounded()) }
        binCount = places.last!.bin + 3
        peaks = Array(repeating: .zero, count: binCount + 3)
        axis = Array(repeating: .zero, count: places.count)
        sums = Array(repeating: .zero, count: pitchSteps)
    }

    /// Candidates of the four frames with these power spectra, four times `candidateCount` in order of frames, each frame's
    /// strongest first. The strength is the share of the frame's largest sum.
    mutating func candidates(_ power: [SIMD4<Float>], into candidates: inout [PitchCandidate]) {
        keepPeaks(power)
        layOut()
        sumHarmonics()
        for lane in 0..<FrameGrid.batch {
            pick(lane, into: &candidates[lane * Self.candidateCount..<(lane + 1) * Self.candidateCount])
        }
    }

    private mutating func keepPeaks(_ power: [SIMD4<Float>]) {
        for bin in 0..<binCount + 3 { peaks[bin] = .zero }
        for bin in 2..<binCount + 1 {
            let (left, here, right) = (power[bin - 1], power[bin], power[bin + 1])
            let isPeak = (here .>= left) .& (here .> right)
            guard any(isPeak) else { continue }
            for near in bin - 1...bin + 1 {
                // |X| to the power of ½, and the peak's neighbours with it.
                let compressed = power[near].squareRoot().squareRoot()
                peaks[near] = pointwiseMax(peaks[near], compressed.replacing(with: SIMD4<Float>.zero, where: .!isPeak))
            }
        }
    }

    private mutating func layOut() {
        for (step, place) in places.enumerated() {
            let (left, right) = (smoothed(place.bin), smoothed(place.bin + 1))
            axis[step] = left + (right - left) * place.fraction
        }
    }

    private func smoothed(_ bin: Int) -> SIMD4<Float> { peaks[bin] * 0.5 + (peaks[bin - 1] + peaks[bin + 1]) * 0.25 }

    private mutating func sumHarmonics() {
        for step in sums.indices { sums[step] = axis[step] }
        var weight: Float = 1
        for shift in shifts.dropFirst() {
            weight *= Self.decay
            for step in 0..<max(0, min(pitchSteps, axis.count - shift)) { sums[step] += axis[step + shift] * weight }
        }
    }

    private func pick(_ lane: Int, into candidates: inout ArraySlice<PitchCandidate>) {
        for index in candidates.indices { candidates[index] = .none }
        var largest: Float = 0
        for step in sums.indices { largest = max(largest, sums[step][lane]) }
        guard largest > 0 else { return }
        for step in 1..<sums.count - 1 {
            let (left, here, right) = (sums[step - 1][lane], sums[step][lane], sums[step + 1][lane])
            guard here >= left, here > right, here > Self.shareMin * largest else { continue }
            let bend = left - 2 * here + right
            let offset = bend < 0 ? 0.5 * (left - right) / bend : 0
            let octave = Float(log2(Self.lowestHz)) + (Float(step) + offset) / Float(Self.stepsPerOctave)
            insert(PitchCandidate(octave: octave, strength: here / largest), into: &candidates)
        }
    }

    /// Keeps the strongest, in falling order.
    private func insert(_ candidate: PitchCandidate, into candidates: inout ArraySlice<PitchCandidate>) {
        guard candidate.strength > candidates.last!.strength else { return }
        var index = candidates.endIndex - 1
        while index > candidates.startIndex, candidates[index - 1].strength < candidate.strength {
            candidates[index] = candidates[index - 1]
            index -= 1
        }
        candidates[index] = candidate
    }
}

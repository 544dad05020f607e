import Foundation

/// Finds candidates for the pitch of eight frames at once by subharmonic summation (Hermes 1988, JASA 83(1), 257-264).
///
/// Peaks of the spectrum are kept and smoothed, laid on a logarithmic axis, and summed with themselves shifted by the
/// logarithms of 1…15, each harmonic weighing 0.85 of the one before. Amplitudes are compressed by a square root, so that a
/// harmonic raised by a formant does not pass for the fundamental.
struct SubharmonicSummation: Sendable {
    static let lowestHz = 55.0
    static let highestHz = 1000.0
    static let candidateCount = 5
    private static let stepsPerOctave = 48.0
    /// Steps by which the axis is longer than the range at either end, so that a sum may have its peak there.
    private static let marginSteps = 2
    /// Half a step more than the range: a peak at its end may seem to lie a little beyond.
    private static let octaves =
        Float(log2(lowestHz) - 0.5 / stepsPerOctave)...Float(log2(highestHz) + 0.5 / stepsPerOctave)
    /// Where the axis begins.
    private static let firstOctave = log2(lowestHz) - Double(marginSteps) / stepsPerOctave
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
    /// From the second harmonic on.
    private let harmonics: [(shift: Int, weight: Float)]
    private let binCount: Int
    private var peaks: [Frames]
    private var axis: [Frames]
    private var sums: [Frames]

    init() {
        let octaves = log2(Self.highestHarmonicHz) - Self.firstOctave
        places = (0...Int(octaves * Self.stepsPerOctave)).map {
            let position = exp2(Self.firstOctave + Double($0) / Self.stepsPerOctave) / Double(FrameGrid.longBinHz)
            return Place(bin: Int(position), fraction: Float(position - position.rounded(.down)))
        }
        pitchSteps = Int(log2(Self.highestHz / Self.lowestHz) * Self.stepsPerOctave) + 1 + 2 * Self.marginSteps
        var weight: Float = 1
        harmonics = (2...Self.harmonicCount).map { harmonic in
            weight *= Self.decay
            return (Int((log2(Double(harmonic)) * Self.stepsPerOctave).rounded()), weight)
        }
        binCount = places.last!.bin + 3
        peaks = Array(repeating: .zero, count: binCount + 3)
        let inFours = (pitchSteps + 3) & ~3
        // Nothing lies behind the highest harmonic.
        axis = Array(repeating: .zero, count: max(places.count, harmonics.last!.shift + inFours))
        sums = Array(repeating: .zero, count: inFours)
    }

    /// Candidates of the eight frames with these power spectra, eight times `candidateCount` in order of frames, each frame's
    /// strongest first. The strength is the share of the frame's largest sum.
    mutating func candidates(_ power: [Frames], into candidates: inout [PitchCandidate]) {
        keepPeaks(power)
        layOut()
        sumHarmonics()
        pick(into: &candidates)
    }

    /// |X| to the power of ½ at every peak and its two neighbours, 0 elsewhere.
    private mutating func keepPeaks(_ power: [Frames]) {
        power.withUnsafeBufferPointer { power in
            peaks.withUnsafeMutableBufferPointer { peaks in
                peaks[0] = .zero
                var (left, here) = (power[1].fourthRoots, power[2].fourthRoots)
                let nowhere = SIMDMask<SIMD8<Int32>>(repeating: false)
                var (isPeakBefore, isPeakLeft) = (nowhere, nowhere)
                for bin in 2...binCount {
                    let right = power[bin + 1].fourthRoots
                    let isPeakHere = (here .>= left) .& (here .> right)
                    peaks[bin - 1] = Frames.zero.replacing(with: left, where: isPeakBefore .| isPeakLeft .| isPeakHere)
                    (left, here) = (here, right)
                    (isPeakBefore, isPeakLeft) = (isPeakLeft, isPeakHere)
                }
                peaks[binCount] = Frames.zero.replacing(with: left, where: isPeakBefore .| isPeakLeft)
                peaks[binCount + 1] = Frames.zero.replacing(with: here, where: isPeakLeft)
                peaks[binCount + 2] = .zero
            }
        }
    }

    private mutating func layOut() {
        // Smoothed in place: each bin and half of its neighbours.
        peaks.withUnsafeMutableBufferPointer { peaks in
            var left = peaks[0]
            for bin in 1..<peaks.count - 1 {
                let here = peaks[bin]
                peaks[bin] = here * 0.5 + (left + peaks[bin + 1]) * 0.25
                left = here
            }
            axis.withUnsafeMutableBufferPointer { axis in
                for (step, place) in places.enumerated() {
                    axis[step] = peaks[place.bin] + (peaks[place.bin + 1] - peaks[place.bin]) * place.fraction
                }
            }
        }
    }

    private mutating func sumHarmonics() {
        axis.withUnsafeBufferPointer { axis in
            sums.withUnsafeMutableBufferPointer { sums in
                // Four steps side by side: each sum waits for itself.
                for step in stride(from: 0, to: sums.count, by: 4) {
                    var (a, b, c, d) = (axis[step], axis[step + 1], axis[step + 2], axis[step + 3])
                    for (shift, weight) in harmonics {
                        a += axis[step + shift] * weight
                        b += axis[step + shift + 1] * weight
                        c += axis[step + shift + 2] * weight
                        d += axis[step + shift + 3] * weight
                    }
                    (sums[step], sums[step + 1], sums[step + 2], sums[step + 3]) = (a, b, c, d)
                }
            }
        }
    }

    /// Local maxima, lane by lane.
    private func pick(into candidates: inout [PitchCandidate]) {
        candidates.withUnsafeMutableBufferPointer { pick(into: $0) }
    }

    private func pick(into candidates: UnsafeMutableBufferPointer<PitchCandidate>) {
        for index in candidates.indices { candidates[index] = .none }
        sums.withUnsafeBufferPointer { sums in
            var largest = Frames.zero
            for step in 0..<pitchSteps { largest = largest.larger(sums[step]) }
            let least = largest * Self.shareMin
            let (firstOctave, octaves) = (Float(Self.firstOctave), Self.octaves)
            for step in 1..<pitchSteps - 1 {
                let (left, here, right) = (sums[step - 1], sums[step], sums[step + 1])
                let isPeak = (here .>= left) .& (here .> right) .& (here .> least)
                guard isPeak.isAnywhere else { continue }
                // At a peak the bend is under 0.
                let offset = 0.5 * (left - right) / (left - 2 * here + right)
                let octave = firstOctave + (Float(step) + offset) / Float(Self.stepsPerOctave)
                let strength = here / largest
                for lane in 0..<FrameGrid.batch where isPeak[lane] && octaves.contains(octave[lane]) {
                    insert(PitchCandidate(octave: octave[lane], strength: strength[lane]), lane, into: candidates)
                }
            }
        }
    }

    /// Keeps a frame's strongest, in falling order.
    private func insert(_ candidate: PitchCandidate, _ lane: Int, into candidates: UnsafeMutableBufferPointer<PitchCandidate>) {
        let first = lane * Self.candidateCount
        var index = first + Self.candidateCount - 1
        guard candidate.strength > candidates[index].strength else { return }
        while index > first, candidates[index - 1].strength < candidate.strength {
            candidates[index] = candidates[index - 1]
            index -= 1
        }
        candidates[index] = candidate
    }
}

/// The levels of the harmonics of all frames of a stretch, in one array.
///
/// H(k) is the level in decibels of harmonic k at k times F0, so that H(1) is the fundamental's. H1-H2 is H(1) - H(2); H1-A3 is
/// H(1) less the level of the strongest harmonic near F3, and a formant's amplitude that of the strongest harmonic near it less
/// H(1) (Hanson 1997, JASA 101(1), 466-481, without her corrections for formants; Eyben et al. 2016).
struct HarmonicLevels: Sendable {
    /// Where a frame's harmonics stand. The first is the fundamental.
    struct Frame: Sendable {
        let f0Hz: Float
        fileprivate let first: Int
        fileprivate let count: Int
    }

    private static let highestHz: Float = 5500
    private static let decibelsPerOctave: Float = 3.010_299_96

    /// Logarithms to base 2 of power.
    private var octaves: [Float] = []

    mutating func removeAll() { octaves.removeAll(keepingCapacity: true) }

    /// Reads the harmonics up to 5.5 kHz, at least one, off a long frame's power spectrum. Under a Gaussian window a harmonic is
    /// a parabola on the logarithmic scale, so that three bins give its true height.
    mutating func append(power: [Float], f0Hz: Float) -> Frame {
        let frame = Frame(f0Hz: f0Hz, first: octaves.count, count: max(1, Int(Self.highestHz / f0Hz)))
        let perBin = f0Hz / FrameGrid.longBinHz
        // A harmonic may lie off by the frame's jitter, but not nearer to its neighbour.
        let reach = min(3, 0.35 * perBin)
        power.withUnsafeBufferPointer { power in
            for first in stride(from: 1, through: frame.count, by: 8) {
                var (left, here, right) = (SIMD8<Float>.zero, SIMD8<Float>.zero, SIMD8<Float>.zero)
                for lane in 0..<8 {
                    let peak = Self.peak(power, around: Float(first + lane) * perBin, reach)
                    (left[lane], here[lane], right[lane]) = (power[peak - 1], power[peak], power[peak + 1])
                }
                let heights = Self.heights(left, here, right)
                for lane in 0..<min(8, frame.count - first + 1) { octaves.append(heights[lane]) }
            }
        }
        return frame
    }

    /// Logarithms to base 2 of the power of harmonics 1, 2, 3 …
    func octaves(of frame: Frame) -> ArraySlice<Float> { octaves[frame.first..<frame.first + frame.count] }

    /// First over second harmonic, H(1) - H(2), in decibels; nil where there is no second.
    func h1OverH2Decibels(of frame: Frame) -> Float? {
        guard frame.count > 1 else { return nil }
        return Self.decibelsPerOctave * (octaves[frame.first] - octaves[frame.first + 1])
    }

    /// The strongest harmonic within half the pitch or a tenth of the frequency, over the first harmonic, in decibels; nil where
    /// there is none within 5.5 kHz.
    func strongestDecibels(near hz: Float, of frame: Frame) -> Float? {
        let reach = max(0.5 * frame.f0Hz, 0.1 * hz)
        let first = max(1, Int(((hz - reach) / frame.f0Hz).rounded(.up)))
        let last = min(frame.count, Int((hz + reach) / frame.f0Hz))
        guard first <= last else { return nil }
        let strongest = octaves[(frame.first + first - 1)...(frame.first + last - 1)].max()!
        return Self.decibelsPerOctave * (strongest - octaves[frame.first])
    }

    /// The bin of the largest power within a reach of a place, in bins.
    @inline(__always)
    private static func peak(_ power: UnsafeBufferPointer<Float>, around place: Float, _ reach: Float) -> Int {
        let highest = power.count - 2
        let first = max(1, Int((place - reach).rounded()))
        let last = min(highest, Int((place + reach).rounded()))
        var peak = min(first, highest)
        var largest = power[peak]
        var bin = first + 1
        // Without a branch that nothing foretells.
        while bin <= last {
            let isLarger = power[bin] > largest
            peak = isLarger ? bin : peak
            largest = isLarger ? power[bin] : largest
            bin += 1
        }
        return peak
    }

    /// The logarithms of eight peaks, each moved to the top of the parabola through it and its neighbours where it stands over both.
    @inline(__always)
    private static func heights(_ left: SIMD8<Float>, _ here: SIMD8<Float>, _ right: SIMD8<Float>) -> SIMD8<Float> {
        let least = SIMD8<Float>(repeating: 1e-30)
        let (x, y, z) = (left.larger(least).log2, here.larger(least).log2, right.larger(least).log2)
        let bend = x - 2 * y + z
        let isTop = (bend .< 0) .& (y .>= x) .& (y .>= z)
        let rise = -0.125 * (x - z) * (x - z) / bend.replacing(with: -1, where: .!isTop)
        return y + rise.replacing(with: 0, where: .!isTop)
    }
}

import Foundation

/// Measures the power spectra of short frames (20 ms under a Hamming window, 512 points), eight frames at a time.
///
/// P(f) is |X(f)|² at the bins, 31.25 Hz apart; both ends of a range are in it unless said. Which values, and the bands they are
/// taken of: Eyben et al. 2016 (IEEE Trans. Affective Computing 7(2), 190-202).
struct SpectralMeter: Sendable {
    private static let binHz = Double(FrameGrid.shortBinHz)
    /// Bins of 31.25 Hz: 1 kHz is bin 32, 5 kHz is bin 160.
    private static let bin50 = 2
    private static let bin1000 = 32
    private static let bin2000 = 64
    private static let bin5000 = 160
    /// Power under which a bin counts as empty: far under what 24 bits can hold.
    private static let powerMin: Float = 1e-24
    private static let decibelsPerOctave = Float(10 * log10(2.0))

    private(set) var contours = SpectralContours()
    private let melBands = MelBands(binCount: 257, binHz: binHz)
    private let equalLoudness: [Float] = MelBands.centresHz.map { Float(Self.equalLoudness(hz: $0)) }
    private let cosines: [[Float]] = (1...4).map(Self.cosines)
    private let lowSlope = LineFit(bins: 0...16, binHz: binHz)
    private let highSlope = LineFit(bins: 16...48, binHz: binHz)
    private var bands = [Frames](repeating: .zero, count: MelBands.count)
    private var decibels = [Frames](repeating: .zero, count: 49)
    private var magnitudesBefore = [Float](repeating: 0, count: bin5000 + 1)

    private let keepsBands: Bool

    /// - Parameter keepsBands: whether the mel bands of every frame are kept among the contours.
    init(keepsBands: Bool = false) { self.keepsBands = keepsBands }

    /// Takes the spectra of the next frames; lanes beyond `frames` are ignored.
    mutating func append(_ power: [Frames], frames: Int) {
        power.withUnsafeBufferPointer { buffer in
            let power = buffer.baseAddress!
            let isFirst = contours.count == 0
            let total = Self.sum(power, 0...256)
            let isSilent = total .<= Self.powerMin
            melBands.sum(power, into: &bands)
            appendLoudness(frames)
            appendFlux(power, frames: frames, isFirst: isFirst)
            appendCepstrum(frames, isSilent: isSilent)
            appendBalance(power, frames: frames, isSilent: isSilent)
            appendSlopes(power, frames: frames, isSilent: isSilent)
        }
    }

    /// Loudness, without unit: sum over the mel bands b of (E(b) · power of b)^0.33, with E Hermansky's equal-loudness weight and
    /// his cube root between intensity and loudness (Hermansky 1990, JASA 87(4), 1738-1752); 0 for silence.
    private mutating func appendLoudness(_ frames: Int) {
        var loudness = Frames.zero
        for band in 0..<MelBands.count {
            let weighted = bands[band] * equalLoudness[band]
            let compressed = (Self.positive(weighted).log2 * 0.33).exp2
            loudness += compressed.replacing(with: Frames.zero, where: weighted .<= Self.powerMin)
        }
        Self.append(loudness, frames, to: &contours.loudness)
    }

    /// Flux, in units of |X|: the root of the mean over the 161 bins of 0–5 kHz of (|X(f)| - |X(f)| of the frame before)², the
    /// change between successive spectra of Eyben et al. 2016. The first frame has none before it to differ from.
    private mutating func appendFlux(_ power: UnsafePointer<Frames>, frames: Int, isFirst: Bool) {
        var sum = Frames.zero
        magnitudesBefore.withUnsafeMutableBufferPointer { before in
            for bin in 0...Self.bin5000 {
                let magnitude = power[bin].roots
                let earlier = Frames(
                    before[bin], magnitude[0], magnitude[1], magnitude[2], magnitude[3], magnitude[4], magnitude[5], magnitude[6])
                let difference = magnitude - earlier
                before[bin] = magnitude[7]
                sum += difference * difference
            }
        }
        var flux = (sum / Float(Self.bin5000 + 1)).squareRoot()
        if isFirst { flux[0] = .nan }
        Self.append(flux, frames, to: &contours.flux)
    }

    /// MFCC 1…4, without unit: the discrete cosine transform of the natural logarithms of the mel bands' power (Davis and
    /// Mermelstein 1980, IEEE Trans. ASSP 28(4), 357-366), scaled by sqrt(2/26) and weighted by the sine lifter of length 22
    /// (Juang, Rabiner and Wilpon 1987, IEEE Trans. ASSP 35(7), 947-954).
    private mutating func appendCepstrum(_ frames: Int, isSilent: SIMDMask<SIMD8<Int32>>) {
        for band in 0..<MelBands.count { bands[band] = Self.positive(bands[band]).log2 }
        if keepsBands {
            for lane in 0..<frames {
                for band in 0..<MelBands.count { contours.log2BandPower.append(bands[band][lane]) }
            }
        }
        for index in 0..<4 {
            var sum = Frames.zero
            for band in 0..<MelBands.count { sum += bands[band] * cosines[index][band] }
            Self.append(sum.replacing(with: .nan, where: isSilent), frames, to: &contours.mfcc[index])
        }
    }

    /// Alpha ratio, in decibels: 10 lg of the sum of P over 1–5 kHz over that over 50 Hz–1 kHz, 1 kHz left out of the latter
    /// (Sundberg and Nordenberg 2006, JASA 120(1), 453-457).
    ///
    /// Hammarberg index, in decibels: 10 lg of the largest P of 0–2 kHz, 2 kHz left out, over that of 2–5 kHz (Hammarberg et al.
    /// 1980, Acta Otolaryngologica 90, 441-451).
    private mutating func appendBalance(
        _ power: UnsafePointer<Frames>, frames: Int, isSilent: SIMDMask<SIMD8<Int32>>
    ) {
        let low = Self.positive(Self.sum(power, Self.bin50...Self.bin1000 - 1))
        let high = Self.positive(Self.sum(power, Self.bin1000...Self.bin5000))
        let alpha = (high.log2 - low.log2) * Self.decibelsPerOctave
        Self.append(alpha.replacing(with: .nan, where: isSilent), frames, to: &contours.alphaRatio)
        let lowPeak = Self.positive(Self.peak(power, 0...Self.bin2000 - 1))
        let highPeak = Self.positive(Self.peak(power, Self.bin2000...Self.bin5000))
        let hammarberg = (lowPeak.log2 - highPeak.log2) * Self.decibelsPerOctave
        Self.append(hammarberg.replacing(with: .nan, where: isSilent), frames, to: &contours.hammarbergIndex)
    }

    /// Slopes of 0–500 and 500–1500 Hz, in decibels per Hz: of the least-squares line through 10 lg P(f) over f (Eyben et al.
    /// 2016).
    private mutating func appendSlopes(
        _ power: UnsafePointer<Frames>, frames: Int, isSilent: SIMDMask<SIMD8<Int32>>
    ) {
        for bin in 0...48 { decibels[bin] = Self.positive(power[bin]).log2 * Self.decibelsPerOctave }
        let low = lowSlope.slope(decibels)
        Self.append(low.replacing(with: .nan, where: isSilent), frames, to: &contours.slope0To500)
        let high = highSlope.slope(decibels)
        Self.append(high.replacing(with: .nan, where: isSilent), frames, to: &contours.slope500To1500)
    }

    @inline(__always)
    private static func positive(_ power: Frames) -> Frames {
        power.replacing(with: powerMin, where: power .< powerMin)
    }

    @inline(__always)
    private static func sum(_ power: UnsafePointer<Frames>, _ bins: ClosedRange<Int>) -> Frames {
        var sum = Frames.zero
        for bin in bins { sum += power[bin] }
        return sum
    }

    @inline(__always)
    private static func peak(_ power: UnsafePointer<Frames>, _ bins: ClosedRange<Int>) -> Frames {
        var peak = Frames.zero
        for bin in bins { peak = peak.larger(power[bin]) }
        return peak
    }

    @inline(__always)
    private static func append(_ values: Frames, _ frames: Int, to contour: inout [Float]) {
        for lane in 0..<frames { contour.append(values[lane]) }
    }

    /// Hermansky (1990), with the term for rates over 10 kHz; no unit. With w = 2 pi f:
    /// w^4 (w^2 + 56.8e6) / ((w^2 + 6.3e6)^2 (w^2 + 0.38e9) (w^6 / 9.58e26 + 1)).
    private static func equalLoudness(hz: Double) -> Double {
        let w2 = pow(2 * .pi * hz, 2)
        let rise = w2 * w2 * (w2 + 56.8e6)
        return rise / (pow(w2 + 6.3e6, 2) * (w2 + 0.38e9) * (w2 * w2 * w2 / 9.58e26 + 1))
    }

    /// The discrete cosine transform's row with scale and lifter, for logarithms to base 2: for band b of 26, from 0 on,
    /// sqrt(2/26) (1 + 11 sin(pi i / 22)) cos(pi i (b + 1/2) / 26) ln 2.
    private static func cosines(_ index: Int) -> [Float] {
        let scale = sqrt(2.0 / Double(MelBands.count)) * log(2.0)
        let lifter = 1 + 11 * sin(.pi * Double(index) / 22)
        return (0..<MelBands.count).map {
            Float(scale * lifter * cos(.pi * Double(index) * (Double($0) + 0.5) / Double(MelBands.count)))
        }
    }
}

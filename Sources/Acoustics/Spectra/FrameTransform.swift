import Foundation

/// The power spectra of eight real frames at once, one frame a vector lane: the real transform of length N as a complex one of N/2,
/// in place (decimation in frequency by radix 4, with one step of radix 2 where N/2 is no power of 4).
///
/// Lanes need no shuffling, so that everything after the transform can stay eight frames wide as well. In place, since two copies of
/// eight long frames would not fit into a core's nearest cache.
struct FrameTransform: Sendable {
    /// N, a power of two of at least 8.
    let length: Int
    private let halfLength: Int
    /// Real and imaginary part of each value, one behind the other.
    private var work: [Frames]
    /// Three factors for every butterfly of every radix-4 pass, but those that are 1.
    private let passTwiddles: [SIMD2<Float>]
    /// exp(-2 pi i k / N) for k up to N/4.
    private let splitTwiddles: [SIMD2<Float>]
    /// Where in the work value k of the complex transform comes to stand.
    private let places: [Int]

    init(length: Int) {
        precondition(length >= 8 && length & (length - 1) == 0)
        self.length = length
        halfLength = length / 2
        work = Array(repeating: .zero, count: 2 * halfLength)
        var twiddles: [SIMD2<Float>] = []
        var size = halfLength
        while size >= 4 {
            for p in 1..<max(1, size / 4) {
                for factor in 1...3 { twiddles.append(Self.root(factor * p, of: size)) }
            }
            size /= 4
        }
        passTwiddles = twiddles
        splitTwiddles = (0...length / 4).map { Self.root($0, of: length) }
        places = (0..<length / 2).map { 2 * Self.place(of: $0, size: length / 2) }
    }

    /// Number of bins of a spectrum: N/2 + 1.
    var binCount: Int { halfLength + 1 }

    /// Transforms the frames that begin at `samples`, `samples + hop` … `samples + 7 hop`.
    ///
    /// The window's length is a multiple of 4 and at most N; what is missing to N is zero. `means` are taken from the frames'
    /// samples before the window. `power` receives |X|² of N/2 + 1 bins.
    mutating func power(
        of samples: UnsafePointer<Float>, hop: Int, window: [Float], less means: Frames = .zero, into power: inout [Frames]
    ) {
        let half = halfLength
        work.withUnsafeMutableBufferPointer { work in
            let base = work.baseAddress!
            Self.load(samples, hop: hop, window: window, less: means, into: base, count: half)
            passTwiddles.withUnsafeBufferPointer { Self.transform(base, count: half, twiddles: $0) }
            splitTwiddles.withUnsafeBufferPointer { twiddles in
                places.withUnsafeBufferPointer { places in
                    power.withUnsafeMutableBufferPointer {
                        Self.split(
                            base, places: places.baseAddress!, half: half, twiddles: twiddles.baseAddress!, into: $0.baseAddress!)
                    }
                }
            }
        }
    }

    private static func root(_ k: Int, of n: Int) -> SIMD2<Float> {
        let angle = -2 * Double.pi * Double(k) / Double(n)
        return SIMD2(Float(cos(angle)), Float(sin(angle)))
    }

    /// Each pass parts the values by their last digit.
    private static func place(of k: Int, size: Int) -> Int {
        size < 4 ? k : k % 4 * (size / 4) + place(of: k / 4, size: size / 4)
    }

    private static func load(
        _ samples: UnsafePointer<Float>, hop: Int, window: [Float], less means: Frames, into work: UnsafeMutablePointer<Frames>,
        count: Int
    ) {
        window.withUnsafeBytes { window in
            let raw = UnsafeRawPointer(samples)
            let stride = hop * MemoryLayout<Float>.stride
            // Frames n and n + 4 stand in the halves of one vector.
            @inline(__always)
            func two(_ frame: Int, _ offset: Int) -> SIMD8<Float> {
                SIMD8(
                    lowHalf: raw.loadUnaligned(fromByteOffset: offset + frame * stride, as: SIMD4<Float>.self),
                    highHalf: raw.loadUnaligned(fromByteOffset: offset + (frame + 4) * stride, as: SIMD4<Float>.self))
            }
            @inline(__always)
            func mean(_ frame: Int) -> SIMD8<Float> {
                SIMD8(lowHalf: SIMD4(repeating: means[frame]), highHalf: SIMD4(repeating: means[frame + 4]))
            }
            let (meanA, meanB, meanC, meanD) = (mean(0), mean(1), mean(2), mean(3))
            var k = 0
            for offset in Swift.stride(from: 0, to: window.count, by: 16) {
                let four = window.loadUnaligned(fromByteOffset: offset, as: SIMD4<Float>.self)
                let w = SIMD8(lowHalf: four, highHalf: four)
                let (a, b) = (w * (two(0, offset) - meanA), w * (two(1, offset) - meanB))
                let (c, d) = (w * (two(2, offset) - meanC), w * (two(3, offset) - meanD))
                work[k] = SIMD8(a[0], b[0], c[0], d[0], a[4], b[4], c[4], d[4])
                work[k + 1] = SIMD8(a[1], b[1], c[1], d[1], a[5], b[5], c[5], d[5])
                work[k + 2] = SIMD8(a[2], b[2], c[2], d[2], a[6], b[6], c[6], d[6])
                work[k + 3] = SIMD8(a[3], b[3], c[3], d[3], a[7], b[7], c[7], d[7])
                k += 4
            }
            while k < 2 * count {
                work[k] = .zero
                k += 1
            }
        }
    }

    private static func transform(
        _ work: UnsafeMutablePointer<Frames>, count: Int, twiddles: UnsafeBufferPointer<SIMD2<Float>>
    ) {
        var next = 0
        var size = count
        while size >= 4 {
            let quarter = size / 4
            // The first factors are all 1.
            for block in stride(from: 0, to: 2 * count, by: 2 * size) {
                butterfly(work + block, quarter: 2 * quarter, factors: nil)
            }
            for p in 1..<max(1, quarter) {
                let factors = (twiddles[next], twiddles[next + 1], twiddles[next + 2])
                next += 3
                for block in stride(from: 2 * p, to: 2 * count, by: 2 * size) {
                    butterfly(work + block, quarter: 2 * quarter, factors: factors)
                }
            }
            size = quarter
        }
        guard size == 2 else { return }
        for first in stride(from: 0, to: 2 * count, by: 4) {
            let (re, im, otherRe, otherIm) = (work[first], work[first + 1], work[first + 2], work[first + 3])
            (work[first], work[first + 1]) = (re + otherRe, im + otherIm)
            (work[first + 2], work[first + 3]) = (re - otherRe, im - otherIm)
        }
    }

    @inline(__always)
    private static func butterfly(
        _ values: UnsafeMutablePointer<Frames>, quarter: Int, factors: (SIMD2<Float>, SIMD2<Float>, SIMD2<Float>)?
    ) {
        let (aRe, aIm) = (values[0], values[1])
        let (bRe, bIm) = (values[quarter], values[quarter + 1])
        let (cRe, cIm) = (values[2 * quarter], values[2 * quarter + 1])
        let (dRe, dIm) = (values[3 * quarter], values[3 * quarter + 1])
        let (sumRe, sumIm) = (aRe + cRe, aIm + cIm)
        let (differenceRe, differenceIm) = (aRe - cRe, aIm - cIm)
        let (otherRe, otherIm) = (bRe + dRe, bIm + dIm)
        // i (b - d)
        let (turnedRe, turnedIm) = (dIm - bIm, bRe - dRe)
        values[0] = sumRe + otherRe
        values[1] = sumIm + otherIm
        store(values + quarter, factors?.0, differenceRe - turnedRe, differenceIm - turnedIm)
        store(values + 2 * quarter, factors?.1, sumRe - otherRe, sumIm - otherIm)
        store(values + 3 * quarter, factors?.2, differenceRe + turnedRe, differenceIm + turnedIm)
    }

    @inline(__always)
    private static func store(_ target: UnsafeMutablePointer<Frames>, _ w: SIMD2<Float>?, _ re: Frames, _ im: Frames) {
        guard let w else {
            target[0] = re
            target[1] = im
            return
        }
        target[0] = re * w.x - im * w.y
        target[1] = re * w.y + im * w.x
    }

    /// The power of N real values' spectrum out of the one of N/2 pairs taken as complex values.
    private static func split(
        _ work: UnsafePointer<Frames>, places: UnsafePointer<Int>, half: Int, twiddles: UnsafePointer<SIMD2<Float>>,
        into power: UnsafeMutablePointer<Frames>
    ) {
        let sum = work[0] + work[1]
        let difference = work[0] - work[1]
        power[0] = sum * sum
        power[half] = difference * difference
        for k in 1...half / 2 {
            let w = twiddles[k]
            let (one, other) = (work + places[k], work + places[half - k])
            let evenRe = (one[0] + other[0]) * 0.5
            let evenIm = (one[1] - other[1]) * 0.5
            let oddRe = (one[1] + other[1]) * 0.5
            let oddIm = (other[0] - one[0]) * 0.5
            let turnedRe = oddRe * w.x - oddIm * w.y
            let turnedIm = oddRe * w.y + oddIm * w.x
            power[k] = (evenRe + turnedRe) * (evenRe + turnedRe) + (evenIm + turnedIm) * (evenIm + turnedIm)
            power[half - k] = (evenRe - turnedRe) * (evenRe - turnedRe) + (turnedIm - evenIm) * (turnedIm - evenIm)
        }
    }
}

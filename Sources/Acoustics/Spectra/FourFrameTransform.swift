import Foundation

/// The power spectra of four real frames at once, one frame a vector lane: the real transform of length N as a complex one
/// of N/2 (Stockham's radix 4, with one step of radix 2 where N/2 is no power of 4).
///
/// Lanes need no shuffling, so that everything after the transform can stay four frames wide as well.
struct FourFrameTransform: Sendable {
    /// N, a power of two of at least 8.
    let length: Int
    private let halfLength: Int
    private var work: [SIMD4<Float>]
    /// Three factors for every butterfly of every radix-4 pass.
    private let passTwiddles: [SIMD2<Float>]
    /// exp(-2 pi i k / N) for k up to N/4.
    private let splitTwiddles: [SIMD2<Float>]

    init(length: Int) {
        precondition(length >= 8 && length & (length - 1) == 0)
        self.length = length
        halfLength = length / 2
        work = Array(repeating: .zero, count: 4 * halfLength)
        var twiddles: [SIMD2<Float>] = []
        var size = halfLength
        while size >= 4 {
            for p in 0..<size / 4 {
                for factor in 1...3 { twiddles.append(Self.root(factor * p, of: size)) }
            }
            size /= 4
        }
        passTwiddles = twiddles
        splitTwiddles = (0...length / 4).map { Self.root($0, of: length) }
    }

    /// Number of bins of a spectrum: N/2 + 1.
    var binCount: Int { halfLength + 1 }

    /// Transforms the frames that begin at `samples`, `samples + hop`, `samples + 2 hop` and `samples + 3 hop`.
    ///
    /// The window's length is a multiple of 4 and at most N; what is missing to N is zero. `means` are taken from the frames'
    /// samples before the window. `power` receives |X|² of N/2 + 1 bins.
    mutating func power(
        of samples: UnsafePointer<Float>, hop: Int, window: [Float], less means: SIMD4<Float> = .zero,
        into power: inout [SIMD4<Float>]
    ) {
        let half = halfLength
        let length = length
        work.withUnsafeMutableBufferPointer { work in
            let base = work.baseAddress!
            Self.load(samples, hop: hop, window: window, less: means, re: base, im: base + half, count: half)
            let spectrum = passTwiddles.withUnsafeBufferPointer {
                Self.transform(base, half: half, twiddles: $0.baseAddress!)
            }
            splitTwiddles.withUnsafeBufferPointer { twiddles in
                power.withUnsafeMutableBufferPointer {
                    Self.split(
                        re: spectrum, im: spectrum + half, length: length, twiddles: twiddles.baseAddress!,
                        into: $0.baseAddress!)
                }
            }
        }
    }

    private static func root(_ k: Int, of n: Int) -> SIMD2<Float> {
        let angle = -2 * Double.pi * Double(k) / Double(n)
        return SIMD2(Float(cos(angle)), Float(sin(angle)))
    }

    private static func load(
        _ samples: UnsafePointer<Float>, hop: Int, window: [Float], less means: SIMD4<Float>,
        re: UnsafeMutablePointer<SIMD4<Float>>, im: UnsafeMutablePointer<SIMD4<Float>>, count: Int
    ) {
        window.withUnsafeBytes { window in
            let raw = UnsafeRawPointer(samples)
            let stride = hop * MemoryLayout<Float>.stride
            var k = 0
            for offset in Swift.stride(from: 0, to: window.count, by: 16) {
                let w = window.loadUnaligned(fromByteOffset: offset, as: SIMD4<Float>.self)
                let a = w * (raw.loadUnaligned(fromByteOffset: offset, as: SIMD4<Float>.self) - means.x)
                let b = w * (raw.loadUnaligned(fromByteOffset: offset + stride, as: SIMD4<Float>.self) - means.y)
                let c = w * (raw.loadUnaligned(fromByteOffset: offset + 2 * stride, as: SIMD4<Float>.self) - means.z)
                let d = w * (raw.loadUnaligned(fromByteOffset: offset + 3 * stride, as: SIMD4<Float>.self) - means.w)
                re[k] = SIMD4(a.x, b.x, c.x, d.x)
                im[k] = SIMD4(a.y, b.y, c.y, d.y)
                re[k + 1] = SIMD4(a.z, b.z, c.z, d.z)
                im[k + 1] = SIMD4(a.w, b.w, c.w, d.w)
                k += 2
            }
            while k < count {
                re[k] = .zero
                im[k] = .zero
                k += 1
            }
        }
    }

    /// Complex transform; returns which half of the work holds the result (real parts first, imaginary `half` behind).
    private static func transform(
        _ base: UnsafeMutablePointer<SIMD4<Float>>, half: Int, twiddles: UnsafePointer<SIMD2<Float>>
    ) -> UnsafeMutablePointer<SIMD4<Float>> {
        var from = base
        var to = base + 2 * half
        var twiddles = twiddles
        var size = half
        var stride = 1
        while size >= 4 {
            pass4(from, to, half: half, quarter: size / 4, stride: stride, twiddles: twiddles)
            twiddles += 3 * (size / 4)
            size /= 4
            stride *= 4
            swap(&from, &to)
        }
        guard size == 2 else { return from }
        for q in 0..<stride {
            let (re, im) = (from[q], from[q + half])
            let (otherRe, otherIm) = (from[q + stride], from[q + stride + half])
            to[q] = re + otherRe
            to[q + half] = im + otherIm
            to[q + stride] = re - otherRe
            to[q + stride + half] = im - otherIm
        }
        return to
    }

    @inline(__always)
    private static func pass4(
        _ x: UnsafeMutablePointer<SIMD4<Float>>, _ y: UnsafeMutablePointer<SIMD4<Float>>, half: Int, quarter: Int,
        stride: Int, twiddles: UnsafePointer<SIMD2<Float>>
    ) {
        let step = stride * quarter
        // The first factors are all 1.
        butterflies(x, y, half: half, step: step, stride: stride, factors: nil)
        for p in 1..<max(1, quarter) {
            let factors = (twiddles[3 * p], twiddles[3 * p + 1], twiddles[3 * p + 2])
            butterflies(x + stride * p, y + stride * 4 * p, half: half, step: step, stride: stride, factors: factors)
        }
    }

    @inline(__always)
    private static func butterflies(
        _ x: UnsafeMutablePointer<SIMD4<Float>>, _ y: UnsafeMutablePointer<SIMD4<Float>>, half: Int, step: Int, stride: Int,
        factors: (SIMD2<Float>, SIMD2<Float>, SIMD2<Float>)?
    ) {
        var (source, target) = (x, y)
        for _ in 0..<stride {
            let (aRe, aIm) = (source[0], source[half])
            let (bRe, bIm) = (source[step], source[step + half])
            let (cRe, cIm) = (source[2 * step], source[2 * step + half])
            let (dRe, dIm) = (source[3 * step], source[3 * step + half])
            let (sumRe, sumIm) = (aRe + cRe, aIm + cIm)
            let (differenceRe, differenceIm) = (aRe - cRe, aIm - cIm)
            let (otherRe, otherIm) = (bRe + dRe, bIm + dIm)
            // i (b - d)
            let (turnedRe, turnedIm) = (dIm - bIm, bRe - dRe)
            target[0] = sumRe + otherRe
            target[half] = sumIm + otherIm
            store(target + stride, half, factors?.0, differenceRe - turnedRe, differenceIm - turnedIm)
            store(target + 2 * stride, half, factors?.1, sumRe - otherRe, sumIm - otherIm)
            store(target + 3 * stride, half, factors?.2, differenceRe + turnedRe, differenceIm + turnedIm)
            source += 1
            target += 1
        }
    }

    @inline(__always)
    private static func store(
        _ target: UnsafeMutablePointer<SIMD4<Float>>, _ half: Int, _ w: SIMD2<Float>?, _ re: SIMD4<Float>,
        _ im: SIMD4<Float>
    ) {
        guard let w else {
            target[0] = re
            target[half] = im
            return
        }
        target[0] = re * w.x - im * w.y
        target[half] = re * w.y + im * w.x
    }

    /// The spectrum of N real values out of the one of N/2 pairs taken as complex values.
    private static func split(
        re: UnsafePointer<SIMD4<Float>>, im: UnsafePointer<SIMD4<Float>>, length: Int,
        twiddles: UnsafePointer<SIMD2<Float>>, into power: UnsafeMutablePointer<SIMD4<Float>>
    ) {
        let half = length / 2
        let sum = re[0] + im[0]
        let difference = re[0] - im[0]
        power[0] = sum * sum
        power[half] = difference * difference
        for k in 1...half / 2 {
            let w = twiddles[k]
            let evenRe = (re[k] + re[half - k]) * 0.5
            let evenIm = (im[k] - im[half - k]) * 0.5
            let oddRe = (im[k] + im[half - k]) * 0.5
            let oddIm = (re[half - k] - re[k]) * 0.5
            let turnedRe = oddRe * w.x - oddIm * w.y
            let turnedIm = oddRe * w.y + oddIm * w.x
            power[k] = (evenRe + turnedRe) * (evenRe + turnedRe) + (evenIm + turnedIm) * (evenIm + turnedIm)
            power[half - k] = (evenRe - turnedRe) * (evenRe - turnedRe) + (turnedIm - evenIm) * (turnedIm - evenIm)
        }
    }
}

import Foundation

/// All roots of a real polynomial at once (Aberth 1973). The roots found last are the first guess for the next polynomial, which
/// in speech is nearly the same.
struct PolynomialRoots: Sendable {
    private static let iterationsMax = 60
    private static let tolerance = 1e-7

    private(set) var re: [Double]
    private(set) var im: [Double]
    private var isFresh = true

    init(degree: Int) {
        re = Array(repeating: 0, count: degree)
        im = re
    }

    /// Roots of z^n + c[1] z^(n-1) + … + c[n]; false where they did not converge.
    mutating func solve(_ coefficients: [Double]) -> Bool {
        if isFresh { scatter() }
        isFresh = false
        if iterate(coefficients) { return true }
        scatter()
        if iterate(coefficients) { return true }
        isFresh = true
        return false
    }

    private mutating func scatter() {
        for index in re.indices {
            let angle = 2 * Double.pi * (Double(index) + 0.3) / Double(re.count)
            re[index] = 0.9 * cos(angle)
            im[index] = 0.9 * sin(angle)
        }
    }

    private mutating func iterate(_ coefficients: [Double]) -> Bool {
        re.withUnsafeMutableBufferPointer { re in
            im.withUnsafeMutableBufferPointer { im in
                coefficients.withUnsafeBufferPointer { coefficients in
                    for _ in 0..<Self.iterationsMax where Self.step(re, im, coefficients) < Self.tolerance { return true }
                    return false
                }
            }
        }
    }

    /// Moves every root once; returns the largest move.
    @inline(__always)
    private static func step(
        _ re: UnsafeMutableBufferPointer<Double>, _ im: UnsafeMutableBufferPointer<Double>, _ c: UnsafeBufferPointer<Double>
    ) -> Double {
        var largest = 0.0
        for index in re.indices {
            let (x, y) = (re[index], im[index])
            // Newton's step p / p'.
            var (pRe, pIm, dRe, dIm) = (c[0], 0.0, 0.0, 0.0)
            for power in 1..<c.count {
                (dRe, dIm) = (dRe * x - dIm * y + pRe, dRe * y + dIm * x + pIm)
                (pRe, pIm) = (pRe * x - pIm * y + c[power], pRe * y + pIm * x)
            }
            let slope = dRe * dRe + dIm * dIm + 1e-300
            let (newtonRe, newtonIm) = ((pRe * dRe + pIm * dIm) / slope, (pIm * dRe - pRe * dIm) / slope)
            // The other roots push away.
            var (pushRe, pushIm) = (0.0, 0.0)
            for other in re.indices where other != index {
                let (u, v) = (x - re[other], y - im[other])
                let scale = 1 / (u * u + v * v + 1e-30)
                pushRe += u * scale
                pushIm -= v * scale
            }
            let (bottomRe, bottomIm) = (
                1 - (newtonRe * pushRe - newtonIm * pushIm), -(newtonRe * pushIm + newtonIm * pushRe)
            )
            let bottom = bottomRe * bottomRe + bottomIm * bottomIm + 1e-300
            let moveRe = (newtonRe * bottomRe + newtonIm * bottomIm) / bottom
            let moveIm = (newtonIm * bottomRe - newtonRe * bottomIm) / bottom
            re[index] = x - moveRe
            im[index] = y - moveIm
            largest = max(largest, abs(moveRe) + abs(moveIm))
        }
        return largest
    }
}

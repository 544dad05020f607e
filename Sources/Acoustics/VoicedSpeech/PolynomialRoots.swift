import Foundation

/// All roots of a real polynomial at once (Aberth 1973). The roots found last are the first guess for the next polynomial, which
/// in speech is nearly the same.
package struct PolynomialRoots: Sendable {
    /// Roots that move together; each group sees where those before it have gone.
    private typealias Group = SIMD4<Double>

    private static let iterationsMax = 60
    /// Of the sum of the moves' squares. They converge cubically: behind moves of 10⁻⁵ the next would be under 10⁻¹⁴.
    private static let tolerance = 1e-10

    private let degree: Int
    /// Lanes beyond the degree hold copies of the last root, which are moved and never looked at.
    private var re: [Group]
    private var im: [Group]
    private var isFresh = true

    package init(degree: Int) {
        self.degree = degree
        re = Array(repeating: .zero, count: (degree + Group.scalarCount - 1) / Group.scalarCount)
        im = re
    }

    /// Indices of roots.
    package var indices: Range<Int> { 0..<degree }

    /// A root's real and imaginary part.
    package subscript(index: Int) -> (re: Double, im: Double) {
        let (group, lane) = (index / Group.scalarCount, index % Group.scalarCount)
        return (re[group][lane], im[group][lane])
    }

    /// Roots of z^n + c[1] z^(n-1) + … + c[n]; false where they did not converge.
    package mutating func solve(_ coefficients: [Double]) -> Bool {
        if isFresh { scatter() }
        isFresh = false
        if iterate(coefficients) { return true }
        scatter()
        if iterate(coefficients) { return true }
        isFresh = true
        return false
    }

    private mutating func scatter() {
        for index in 0..<re.count * Group.scalarCount {
            let angle = 2 * Double.pi * (Double(min(index, degree - 1)) + 0.3) / Double(degree)
            re[index / Group.scalarCount][index % Group.scalarCount] = 0.9 * cos(angle)
            im[index / Group.scalarCount][index % Group.scalarCount] = 0.9 * sin(angle)
        }
    }

    private mutating func iterate(_ coefficients: [Double]) -> Bool {
        let degree = degree
        return re.withUnsafeMutableBufferPointer { re in
            im.withUnsafeMutableBufferPointer { im in
                coefficients.withUnsafeBufferPointer { coefficients in
                    for _ in 0..<Self.iterationsMax where Self.step(re, im, degree, coefficients) < Self.tolerance { return true }
                    return false
                }
            }
        }
    }

    /// Moves every root once; returns the sum of the moves' squares, NaN where a root was lost.
    @inline(__always)
    private static func step(
        _ re: UnsafeMutableBufferPointer<Group>, _ im: UnsafeMutableBufferPointer<Group>, _ degree: Int,
        _ c: UnsafeBufferPointer<Double>
    ) -> Double {
        var moves = Group.zero
        for group in re.indices {
            let (x, y) = (re[group], im[group])
            // Newton's step p / p'.
            var (pRe, pIm, dRe, dIm) = (Group(repeating: c[0]), Group.zero, Group.zero, Group.zero)
            for power in 1..<c.count {
                (dRe, dIm) = (dRe * x - dIm * y + pRe, dRe * y + dIm * x + pIm)
                (pRe, pIm) = (pRe * x - pIm * y + c[power], pRe * y + pIm * x)
            }
            let slope = 1 / (dRe * dRe + dIm * dIm + 1e-300)
            let (newtonRe, newtonIm) = ((pRe * dRe + pIm * dIm) * slope, (pIm * dRe - pRe * dIm) * slope)
            let (pushRe, pushIm) = push(x, y, from: re, im, degree)
            let (bottomRe, bottomIm) = (
                1 - (newtonRe * pushRe - newtonIm * pushIm), -(newtonRe * pushIm + newtonIm * pushRe)
            )
            let scale = 1 / (bottomRe * bottomRe + bottomIm * bottomIm + 1e-300)
            let moveRe = (newtonRe * bottomRe + newtonIm * bottomIm) * scale
            let moveIm = (newtonIm * bottomRe - newtonRe * bottomIm) * scale
            re[group] = x - moveRe
            im[group] = y - moveIm
            moves += moveRe * moveRe + moveIm * moveIm
        }
        return moves.sum()
    }

    /// The sum of 1 / (z - other) over all other roots, which push each other away.
    @inline(__always)
    private static func push(
        _ x: Group, _ y: Group, from re: UnsafeMutableBufferPointer<Group>, _ im: UnsafeMutableBufferPointer<Group>, _ degree: Int
    ) -> (re: Group, im: Group) {
        var (pushRe, pushIm) = (Group.zero, Group.zero)
        // Two others share a division, which takes longer than all the rest.
        for first in stride(from: 0, to: degree - 1, by: 2) {
            let (u, v, square) = distance(x, y, first, re, im)
            let (otherU, otherV, otherSquare) = distance(x, y, first + 1, re, im)
            let scale = 1 / (square * otherSquare)
            pushRe += (u * otherSquare + otherU * square) * scale
            pushIm -= (v * otherSquare + otherV * square) * scale
        }
        if degree & 1 == 1 {
            let (u, v, square) = distance(x, y, degree - 1, re, im)
            pushRe += u / square
            pushIm -= v / square
        }
        return (pushRe, pushIm)
    }

    /// From another root, with its square; 0 for the root itself, which so is left out.
    @inline(__always)
    private static func distance(
        _ x: Group, _ y: Group, _ other: Int, _ re: UnsafeMutableBufferPointer<Group>, _ im: UnsafeMutableBufferPointer<Group>
    ) -> (u: Group, v: Group, square: Group) {
        let u = x - re[other / Group.scalarCount][other % Group.scalarCount]
        let v = y - im[other / Group.scalarCount][other % Group.scalarCount]
        return (u, v, u * u + v * v + 1e-30)
    }
}

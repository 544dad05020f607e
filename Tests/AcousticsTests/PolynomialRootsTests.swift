import Acoustics
import Foundation
import TestSupport
import Testing

@Suite("Roots of polynomials")
struct PolynomialRootsTests {
    /// 1, c1 … c11 of the polynomial with five pairs of roots, given by radius and angle, and one real root.
    private static func coefficients(pairs: [(radius: Double, angle: Double)], real: Double) -> [Double] {
        func product(_ a: [Double], _ b: [Double]) -> [Double] {
            var result = [Double](repeating: 0, count: a.count + b.count - 1)
            for i in a.indices { for j in b.indices { result[i + j] += a[i] * b[j] } }
            return result
        }
        return pairs.reduce([1, -real]) { product($0, [1, -2 * $1.radius * cos($1.angle), $1.radius * $1.radius]) }
    }

    /// The distance of the root that lies nearest.
    private static func distance(of roots: PolynomialRoots, from re: Double, _ im: Double) -> Double {
        roots.indices.map { hypot(roots[$0].re - re, roots[$0].im - im) }.min()!
    }

    @Test("are found to nine digits, one polynomial after another, near and far", arguments: [1 as UInt64, 2, 3, 4])
    func truth(seed: UInt64) {
        var random = SeededRandom(seed: seed)
        var roots = PolynomialRoots(degree: 11)
        for _ in 0..<200 {
            // Resonances of speech: apart from each other, inside the circle.
            let pairs = (0..<5).map { index in
                (
                    radius: Double.random(in: 0.6...0.995, using: &random),
                    angle: Double.pi * (Double(index) + Double.random(in: 0.2...0.8, using: &random)) / 5
                )
            }
            let real = Double.random(in: -0.9...0.9, using: &random)
            let isSolved = roots.solve(Self.coefficients(pairs: pairs, real: real))
            #expect(isSolved)
            #expect(Self.distance(of: roots, from: real, 0) < 1e-9)
            for (radius, angle) in pairs {
                #expect(Self.distance(of: roots, from: radius * cos(angle), radius * sin(angle)) < 1e-9)
                #expect(Self.distance(of: roots, from: radius * cos(angle), -radius * sin(angle)) < 1e-9)
            }
        }
    }

    @Test("that are lost are not taken for found, and the next polynomial is solved again")
    func lost() {
        var roots = PolynomialRoots(degree: 11)
        for value in [Double.nan, .infinity] {
            let isSolved = roots.solve([1] + [Double](repeating: value, count: 11))
            #expect(!isSolved)
        }
        let angles = [0.3, 0.9, 1.5, 2.1, 2.7]
        let isSolved = roots.solve(Self.coefficients(pairs: angles.map { (0.9, $0) }, real: 0.5))
        #expect(isSolved)
        #expect(Self.distance(of: roots, from: 0.5, 0) < 1e-9)
    }
}

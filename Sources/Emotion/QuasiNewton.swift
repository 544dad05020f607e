/// Finds the least value of a smooth convex function, or a low one of another: L-BFGS with a backtracking line search (Nocedal and Wright, Numerical
/// Optimization, 2nd edition, algorithms 7.4, 7.5 and 3.1). Deterministic.
package struct QuasiNewton {
    package typealias Block = SIMD8<Double>
    package typealias Vector = [Block]

    /// Steps that are remembered.
    private static let historyCountMax = 12
    package static let iterationCountMax = 500
    /// Largest component of the gradient at which the search is over.
    private static let gradientMax = 1e-6
    /// Part of the expected descent that a step must bring.
    private static let sufficientDescent = 1e-4
    private static let curvatureMin = 1e-14
    private static let stepLengthMin = 1e-10

    private struct Pair {
        let step: Vector
        let change: Vector
        /// Their product, the curvature along the step.
        let curvature: Double
    }

    private var history: [Pair] = []

    /// The place of the least value, from a start.
    ///
    /// - Parameter value: answers the value at a place and writes the gradient there.
    package static func minimum(
        from start: Vector, iterationCountMax: Int = iterationCountMax, _ value: (Vector, inout Vector) -> Double
    ) -> Vector {
        var search = QuasiNewton()
        var place = start
        var gradient = Vector(repeating: .zero, count: start.count)
        var height = value(place, &gradient)
        var nextGradient = gradient
        for _ in 0..<iterationCountMax where !isFlat(gradient) {
            let direction = search.direction(gradient)
            let slope = dot(direction, gradient)
            var length = search.history.isEmpty ? min(1, 1 / dot(gradient, gradient).squareRoot()) : 1
            var next = moved(place, direction, length)
            var nextHeight = value(next, &nextGradient)
            while nextHeight > height + sufficientDescent * length * slope, length > stepLengthMin {
                length /= 2
                next = moved(place, direction, length)
                nextHeight = value(next, &nextGradient)
            }
            // Rounding leaves nothing to gain.
            guard nextHeight < height else { break }
            search.remember(moved(next, place, -1), moved(nextGradient, gradient, -1))
            (place, height) = (next, nextHeight)
            swap(&gradient, &nextGradient)
        }
        return place
    }

    private mutating func remember(_ step: Vector, _ change: Vector) {
        let curvature = Self.dot(step, change)
        guard curvature > Self.curvatureMin * Self.dot(change, change) else { return }
        if history.count == Self.historyCountMax { history.removeFirst() }
        history.append(Pair(step: step, change: change, curvature: curvature))
    }

    /// The two-loop recursion: minus the approximate inverse Hessian times the gradient.
    private func direction(_ gradient: Vector) -> Vector {
        var direction = gradient
        var alphas: [Double] = []
        for pair in history.reversed() {
            let alpha = Self.dot(pair.step, direction) / pair.curvature
            alphas.append(alpha)
            Self.add(-alpha, pair.change, to: &direction)
        }
        let scale = history.last.map { $0.curvature / Self.dot($0.change, $0.change) } ?? 1
        for index in direction.indices { direction[index] *= -scale }
        for (pair, alpha) in zip(history, alphas.reversed()) {
            let beta = Self.dot(pair.change, direction) / pair.curvature
            Self.add(-alpha - beta, pair.step, to: &direction)
        }
        return direction
    }

    private static func isFlat(_ gradient: Vector) -> Bool {
        gradient.allSatisfy { max($0.max(), -$0.min()) < gradientMax }
    }

    private static func dot(_ one: Vector, _ other: Vector) -> Double {
        var sum = Block.zero
        for index in one.indices { sum += one[index] * other[index] }
        return sum.sum()
    }

    private static func add(_ factor: Double, _ one: Vector, to other: inout Vector) {
        for index in one.indices { other[index] += factor * one[index] }
    }

    /// One plus a factor times the other.
    private static func moved(_ one: Vector, _ other: Vector, _ factor: Double) -> Vector {
        var sum = one
        add(factor, other, to: &sum)
        return sum
    }
}

/// A symmetric positive definite matrix as a lower triangle times its transpose (Golub and Van Loan, Matrix Computations, 4th
/// edition, section 4.2), to solve equations with. Deterministic.
package struct CholeskyFactor: Sendable {
    private typealias Block = SIMD8<Double>

    private let count: Int
    /// Blocks of a row.
    private let width: Int
    /// Row by row; zeros above the diagonal.
    private var lower: [Block]

    /// - Parameter matrix: rows, of which nothing above the diagonal is looked at.
    package init(_ matrix: [[Double]]) {
        count = matrix.count
        width = (count + Block.scalarCount - 1) / Block.scalarCount
        lower = [Block](repeating: .zero, count: count * width)
        // Each entry is what is left of the matrix over the columns before, where the row's own entry is still 0.
        for one in 0..<count {
            for other in 0...one {
                let rest = matrix[one][other] - product(one, other)
                self[one, other] = one == other ? rest.squareRoot() : rest / self[other, other]
            }
        }
    }

    /// The vector that the matrix times it is another.
    package func solution(_ right: [Double]) -> [Double] {
        var solution = right
        for one in 0..<count {
            for inner in 0..<one { solution[one] -= self[one, inner] * solution[inner] }
            solution[one] /= self[one, one]
        }
        for one in (0..<count).reversed() {
            solution[one] /= self[one, one]
            for inner in 0..<one { solution[inner] -= self[one, inner] * solution[one] }
        }
        return solution
    }

    private subscript(_ row: Int, _ column: Int) -> Double {
        get { lower[row * width + column / Block.scalarCount][column % Block.scalarCount] }
        set { lower[row * width + column / Block.scalarCount][column % Block.scalarCount] = newValue }
    }

    /// The product of two rows, up to the diagonal of the second.
    private func product(_ one: Int, _ other: Int) -> Double {
        lower.withUnsafeBufferPointer { lower in
            var sum = Block.zero
            for block in 0...other / Block.scalarCount { sum += lower[one * width + block] * lower[other * width + block] }
            return sum.sum()
        }
    }
}

import Emotion
import TestSupport
import Testing

@Suite struct CholeskyFactorTests {
    @Test(arguments: [1, 2, 7, 8, 9, 40])
    func `the solution times the matrix is the right side`(count: Int) {
        var random = SeededRandom(seed: 61)
        let rows = (0..<2 * count).map { _ in (0..<count).map { _ in Crowd.gaussian(&random) } }
        let matrix = (0..<count).map { one in
            (0..<count).map { other in rows.reduce(one == other ? 0.1 : 0) { $0 + $1[one] * $1[other] } }
        }
        let right = (0..<count).map { _ in Crowd.gaussian(&random) }
        let solution = CholeskyFactor(matrix.enumerated().map { Array($1[...$0]) }).solution(right)
        for (row, value) in zip(matrix, right) {
            #expect(abs(zip(row, solution).reduce(0) { $0 + $1.0 * $1.1 } - value) < 1e-9)
        }
    }
}

import Acoustics
import TestSupport
import Testing

@Suite("Inner products")
struct InnerProductTests {
    private static func samples(_ count: Int, _ random: inout SeededRandom) -> [Float] {
        (0..<count).map { _ in Float.random(in: -1...1, using: &random) }
    }

    private static func slow(_ x: [Float], _ y: [Float], lag: Int) -> Double {
        x.indices.reduce(0.0) { $0 + Double(x[$1]) * Double(y[$1 + lag]) }
    }

    @Test("are the sums of the products, whatever the length")
    func sums() {
        var random = SeededRandom(seed: 1)
        for count in 0...70 {
            let (x, y) = (Self.samples(count, &random), Self.samples(count, &random))
            let sum = x.withUnsafeBufferPointer { x in
                y.withUnsafeBufferPointer { y in
                    // An empty array may have no address.
                    count == 0 ? 0 : InnerProduct.of(x.baseAddress!, y.baseAddress!, count: count)
                }
            }
            #expect(abs(Double(sum) - Self.slow(x, y, lag: 0)) < 1e-5, "\(count) samples")
            let plain = x.withUnsafeBufferPointer { count == 0 ? 0 : InnerProduct.sum($0.baseAddress!, count: count) }
            #expect(abs(plain - x.reduce(0.0) { $0 + Double($1) }) < 1e-12, "\(count) samples")
            let squares = x.withUnsafeBufferPointer { count == 0 ? 0 : InnerProduct.squares($0.baseAddress!, count: count) }
            #expect(abs(squares - Self.slow(x, x, lag: 0)) < 1e-12, "\(count) samples")
        }
    }

    @Test("at many lags are those at each, and read nothing behind the last")
    func lags() {
        var random = SeededRandom(seed: 2)
        for count in [1, 2, 3, 4, 5, 31, 64, 90] {
            for lags in 1...42 {
                let (x, y) = (Self.samples(count, &random), Self.samples(count + lags - 1, &random))
                var sums: [Double] = [7]
                // What lies behind would show.
                let guarded = y + [Float](repeating: .nan, count: 16)
                x.withUnsafeBufferPointer { x in
                    guarded.withUnsafeBufferPointer { y in
                        InnerProduct.append(of: x.baseAddress!, count: count, with: y.baseAddress!, lags: lags, to: &sums)
                    }
                }
                #expect(sums.count == lags + 1 && sums[0] == 7)
                for lag in 0..<lags {
                    #expect(abs(sums[lag + 1] - Self.slow(x, y, lag: lag)) < 1e-5, "\(count) samples, lag \(lag) of \(lags)")
                }
            }
        }
    }

    @Test("at a lag are the same to the last bit whatever lags are wanted beside it")
    func places() {
        var random = SeededRandom(seed: 3)
        for count in [1, 16, 45] {
            let (x, y) = (Self.samples(count, &random), Self.samples(count + 40, &random))
            func sums(from first: Int, _ lags: Int) -> [Double] {
                var sums: [Double] = []
                x.withUnsafeBufferPointer { x in
                    y.withUnsafeBufferPointer { y in
                        InnerProduct.append(of: x.baseAddress!, count: count, with: y.baseAddress! + first, lags: lags, to: &sums)
                    }
                }
                return sums
            }
            let all = sums(from: 0, 41)
            for first in 0..<41 {
                for lags in 1...41 - first { #expect(sums(from: first, lags) == Array(all[first..<first + lags])) }
            }
        }
    }
}

/// Sums of products of samples. What follows a sum is kept out of its loop: several sums stand side by side in vectors from the
/// beginning, so that none is added up across a vector before the end.
package enum InnerProduct {
    private typealias Lags = SIMD8<Float>

    /// The sum of x[n] · y[n] over `count` samples.
    package static func of(_ x: UnsafePointer<Float>, _ y: UnsafePointer<Float>, count: Int) -> Float {
        var (even, odd) = (SIMD8<Float>.zero, SIMD8<Float>.zero)
        let inSixteens = count & ~15
        for index in stride(from: 0, to: inSixteens, by: 16) {
            even += eight(x, index) * eight(y, index)
            odd += eight(x, index + 8) * eight(y, index + 8)
        }
        var rest: Float = 0
        for index in inSixteens..<count { rest += x[index] * y[index] }
        return (even + odd).sum() + rest
    }

    /// Appends the sums of x[n] · y[n + lag] over `count` samples for the lags from 0 up to `lags`.
    package static func append(
        of x: UnsafePointer<Float>, count: Int, with y: UnsafePointer<Float>, lags: Int, to sums: inout [Double]
    ) {
        var lag = 0
        while lag + Lags.scalarCount <= lags {
            let several = several(x, y + lag, count: count)
            for lane in 0..<Lags.scalarCount { sums.append(Double(several[lane])) }
            lag += Lags.scalarCount
        }
        guard lag < lags else { return }
        guard lags >= Lags.scalarCount else {
            for lag in lag..<lags { sums.append(Double(of(x, y + lag, count: count))) }
            return
        }
        // Those that are left, and some again: nothing behind the last lag is read.
        let last = several(x, y + (lags - Lags.scalarCount), count: count)
        for lane in Lags.scalarCount - (lags - lag)..<Lags.scalarCount { sums.append(Double(last[lane])) }
    }

    /// The sums for eight lags, each over every fourth sample first.
    private static func several(_ x: UnsafePointer<Float>, _ y: UnsafePointer<Float>, count: Int) -> Lags {
        var (a, b, c, d) = (Lags.zero, Lags.zero, Lags.zero, Lags.zero)
        let inFours = count & ~3
        for index in stride(from: 0, to: inFours, by: 4) {
            a += eight(y, index) * x[index]
            b += eight(y, index + 1) * x[index + 1]
            c += eight(y, index + 2) * x[index + 2]
            d += eight(y, index + 3) * x[index + 3]
        }
        for index in inFours..<count { a += eight(y, index) * x[index] }
        return (a + b) + (c + d)
    }

    @inline(__always)
    private static func eight(_ values: UnsafePointer<Float>, _ index: Int) -> SIMD8<Float> {
        UnsafeRawPointer(values + index).loadUnaligned(as: SIMD8<Float>.self)
    }
}

/// Sums of samples and of their products. What follows a sum is kept out of its loop: several sums stand side by side in vectors from the
/// beginning, so that none is added up across a vector before the end.
package enum InnerProduct {
    /// The sum of x[n] · y[n] over `count` samples.
    package static func of(_ x: UnsafePointer<Float>, _ y: UnsafePointer<Float>, count: Int) -> Float {
        var (even, odd) = (SIMD8<Float>.zero, SIMD8<Float>.zero)
        let inSixteens = count & ~15
        var index = 0
        while index < inSixteens {
            even += eight(x, index) * eight(y, index)
            odd += eight(x, index &+ 8) * eight(y, index &+ 8)
            index &+= 16
        }
        var rest: Float = 0
        for index in inSixteens..<count { rest += x[index] * y[index] }
        return (even + odd).sum() + rest
    }

    /// The sum of x[n] over `count` samples, in double precision: of a constant less its mean nothing is left.
    package static func sum(_ x: UnsafePointer<Float>, count: Int) -> Double {
        var sum = SIMD4<Double>.zero
        let inFours = count & ~3
        var index = 0
        while index < inFours {
            sum += four(x, index)
            index &+= 4
        }
        var rest = 0.0
        for index in inFours..<count { rest += Double(x[index]) }
        return sum.sum() + rest
    }

    /// The sum of x[n]² over `count` samples, in double precision.
    package static func squares(_ x: UnsafePointer<Float>, count: Int) -> Double {
        var sum = SIMD4<Double>.zero
        let inFours = count & ~3
        var index = 0
        while index < inFours {
            let values = four(x, index)
            sum += values * values
            index &+= 4
        }
        var rest = 0.0
        for index in inFours..<count { rest += Double(x[index]) * Double(x[index]) }
        return sum.sum() + rest
    }

    /// Appends the sums of x[n] · y[n + lag] over `count` samples for the lags from 0 up to `lags`. A sum does not depend on how many
    /// are wanted, nor on its place among them.
    package static func append(
        of x: UnsafePointer<Float>, count: Int, with y: UnsafePointer<Float>, lags: Int, to sums: inout [Double]
    ) {
        var lag = 0
        while lag + 16 <= lags {
            let (low, high) = sixteenLags(x, y + lag, count: count)
            for lane in 0..<8 { sums.append(Double(low[lane])) }
            for lane in 0..<8 { sums.append(Double(high[lane])) }
            lag += 16
        }
        while lag + 8 <= lags {
            let several = eightLags(x, y + lag, count: count)
            for lane in 0..<8 { sums.append(Double(several[lane])) }
            lag += 8
        }
        guard lag < lags else { return }
        guard lags >= 8 else {
            for lag in lag..<lags { sums.append(Double(oneLag(x, y + lag, count: count))) }
            return
        }
        // Those that are left, and some again: nothing behind the last lag is read.
        let last = eightLags(x, y + (lags - 8), count: count)
        for lane in 8 - (lags - lag)..<8 { sums.append(Double(last[lane])) }
    }

    /// The sum for one lag, in the order of many.
    private static func oneLag(_ x: UnsafePointer<Float>, _ y: UnsafePointer<Float>, count: Int) -> Float {
        var (even, odd) = (Float.zero, Float.zero)
        let inTwos = count & ~1
        for index in stride(from: 0, to: inTwos, by: 2) {
            even += y[index] * x[index]
            odd += y[index + 1] * x[index + 1]
        }
        if inTwos < count { even += y[inTwos] * x[inTwos] }
        return even + odd
    }

    /// The sums for eight lags, each over every second sample first.
    private static func eightLags(_ x: UnsafePointer<Float>, _ y: UnsafePointer<Float>, count: Int) -> SIMD8<Float> {
        var (even, odd) = (SIMD8<Float>.zero, SIMD8<Float>.zero)
        let inTwos = count & ~1
        var index = 0
        while index < inTwos {
            even += eight(y, index) * x[index]
            odd += eight(y, index &+ 1) * x[index &+ 1]
            index &+= 2
        }
        if inTwos < count { even += eight(y, inTwos) * x[inTwos] }
        return even + odd
    }

    /// The sums for sixteen lags in the same way: as many as there are registers for.
    private static func sixteenLags(
        _ x: UnsafePointer<Float>, _ y: UnsafePointer<Float>, count: Int
    ) -> (SIMD8<Float>, SIMD8<Float>) {
        var (evenLow, evenHigh) = (SIMD8<Float>.zero, SIMD8<Float>.zero)
        var (oddLow, oddHigh) = (SIMD8<Float>.zero, SIMD8<Float>.zero)
        let inTwos = count & ~1
        var index = 0
        while index < inTwos {
            let (even, odd) = (x[index], x[index &+ 1])
            evenLow += eight(y, index) * even
            evenHigh += eight(y, index &+ 8) * even
            oddLow += eight(y, index &+ 1) * odd
            oddHigh += eight(y, index &+ 9) * odd
            index &+= 2
        }
        if inTwos < count {
            evenLow += eight(y, inTwos) * x[inTwos]
            evenHigh += eight(y, inTwos + 8) * x[inTwos]
        }
        return (evenLow + oddLow, evenHigh + oddHigh)
    }

    @inline(__always)
    private static func four(_ values: UnsafePointer<Float>, _ index: Int) -> SIMD4<Double> {
        SIMD4<Double>(UnsafeRawPointer(values + index).loadUnaligned(as: SIMD4<Float>.self))
    }

    @inline(__always)
    private static func eight(_ values: UnsafePointer<Float>, _ index: Int) -> SIMD8<Float> {
        UnsafeRawPointer(values + index).loadUnaligned(as: SIMD8<Float>.self)
    }
}

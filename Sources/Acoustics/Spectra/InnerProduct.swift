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
        var (first, second) = (Float.zero, Float.zero)
        let half = count >> 1
        for index in 0..<half {
            first += y[index] * x[index]
            second += y[index + half] * x[index + half]
        }
        if 2 * half < count { second += y[count - 1] * x[count - 1] }
        return first + second
    }

    /// The sums for eight lags, over either half of the samples apart: side by side, neighbouring samples would have loads that
    /// overlap, which the compiler makes one load and shuffles of.
    private static func eightLags(_ x: UnsafePointer<Float>, _ y: UnsafePointer<Float>, count: Int) -> SIMD8<Float> {
        var (first, second) = (SIMD8<Float>.zero, SIMD8<Float>.zero)
        let half = count >> 1
        let (otherX, otherY) = (x + half, y + half)
        var index = 0
        while index < half {
            first += eight(y, index) * x[index]
            second += eight(otherY, index) * otherX[index]
            index &+= 1
        }
        if 2 * half < count { second += eight(y, count &- 1) * x[count &- 1] }
        return first + second
    }

    /// The sums for sixteen lags in the same way: as many as there are registers for without AVX2.
    private static func sixteenLags(
        _ x: UnsafePointer<Float>, _ y: UnsafePointer<Float>, count: Int
    ) -> (SIMD8<Float>, SIMD8<Float>) {
        var (firstLow, firstHigh) = (SIMD8<Float>.zero, SIMD8<Float>.zero)
        var (secondLow, secondHigh) = (SIMD8<Float>.zero, SIMD8<Float>.zero)
        let half = count >> 1
        let (otherX, otherY) = (x + half, y + half)
        var index = 0
        while index < half {
            let (first, second) = (x[index], otherX[index])
            firstLow += eight(y, index) * first
            firstHigh += eight(y, index &+ 8) * first
            secondLow += eight(otherY, index) * second
            secondHigh += eight(otherY, index &+ 8) * second
            index &+= 1
        }
        if 2 * half < count {
            let last = x[count &- 1]
            secondLow += eight(y, count &- 1) * last
            secondHigh += eight(y, count &+ 7) * last
        }
        return (firstLow + secondLow, firstHigh + secondHigh)
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

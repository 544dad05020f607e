extension SIMD4<Float> {
    /// Logarithms to base 2 of four positive normal numbers; error below 2e-7 of the value or absolutely.
    ///
    /// With m in √½…√2, ln m = 2 artanh((m - 1) / (m + 1)), whose series has ended for a Float after five terms.
    @inline(__always)
    var log2: SIMD4<Float> {
        let bits = unsafeBitCast(self, to: SIMD4<Int32>.self)
        let exponent = (bits &- 0x3F35_04F3) &>> 23
        let mantissa = unsafeBitCast(bits &- (exponent &<< 23), to: SIMD4<Float>.self)
        let s = (mantissa - 1) / (mantissa + 1)
        let s2 = s * s
        var series = s2 * 0.320_598_9 + 0.412_198_58
        series = series * s2 + 0.577_078_0
        series = series * s2 + 0.961_796_7
        series = series * s2 + 2.885_390_1
        return SIMD4<Float>(exponent) + s * series
    }

    /// Two to the power of four numbers within ±120; error below 3e-7 of the value.
    @inline(__always)
    var exp2: SIMD4<Float> {
        let whole = self.rounded(.toNearestOrEven)
        let f = self - whole
        var series = f * 1.540_353e-4 + 1.333_355_8e-3
        series = series * f + 9.618_129e-3
        series = series * f + 5.550_410_9e-2
        series = series * f + 2.402_265_1e-1
        series = series * f + 6.931_471_8e-1
        series = series * f + 1
        let exponent = (SIMD4<Int32>(whole) &+ 127) &<< 23
        return series * unsafeBitCast(exponent, to: SIMD4<Float>.self)
    }
}

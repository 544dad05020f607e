extension SIMD8<Float> {
    /// Logarithms to base 2 of eight positive normal numbers; error below 2e-7 of the value or absolutely.
    ///
    /// With m in √½…√2, ln m = 2 artanh((m - 1) / (m + 1)), whose series has ended for a Float after five terms.
    @inline(__always)
    var log2: SIMD8<Float> {
        let bits = unsafeBitCast(self, to: SIMD8<Int32>.self)
        let exponent = (bits &- 0x3F35_04F3) &>> 23
        let mantissa = unsafeBitCast(bits &- (exponent &<< 23), to: SIMD8<Float>.self)
        let s = (mantissa - 1) / (mantissa + 1)
        let s2 = s * s
        var series = s2 * 0.320_598_9 + 0.412_198_58
        series = series * s2 + 0.577_078_0
        series = series * s2 + 0.961_796_7
        series = series * s2 + 2.885_390_1
        return Self.whole(exponent) + s * series
    }

    /// Two to the power of eight numbers within ±120; error below 3e-7 of the value.
    @inline(__always)
    var exp2: SIMD8<Float> {
        let shifted = self + Self.shift
        let whole = shifted - Self.shift
        let f = self - whole
        var series = f * 1.540_353e-4 + 1.333_355_8e-3
        series = series * f + 9.618_129e-3
        series = series * f + 5.550_410_9e-2
        series = series * f + 2.402_265_1e-1
        series = series * f + 6.931_471_8e-1
        series = series * f + 1
        let exponent = (unsafeBitCast(shifted, to: SIMD8<Int32>.self) &- Self.shiftBits &+ 127) &<< 23
        return series * unsafeBitCast(exponent, to: SIMD8<Float>.self)
    }

    /// 1.5 · 2^23: a Float around it has no room behind the point, so adding it rounds, and its low bits are the integer.
    private static var shift: Float { 12_582_912 }
    private static var shiftBits: Int32 { 0x4B40_0000 }

    /// Small integers as numbers.
    @inline(__always)
    private static func whole(_ integers: SIMD8<Int32>) -> SIMD8<Float> {
        unsafeBitCast(integers &+ shiftBits, to: SIMD8<Float>.self) - shift
    }
}

/// Exact integer arithmetic with one rounding at the end.
public enum Rounding {
    /// `numerator / denominator` rounded half to even. The denominator is positive.
    public static func halfToEven(_ numerator: Int128, over denominator: Int128) -> Int128 {
        precondition(denominator > 0)
        let (quotient, remainder) = numerator.quotientAndRemainder(dividingBy: denominator)
        let twice = remainder.magnitude * 2
        let isOdd = quotient & 1 != 0
        guard twice > denominator.magnitude || (twice == denominator.magnitude && isOdd) else { return quotient }
        return quotient + (numerator < 0 ? -1 : 1)
    }

    /// `numerator / denominator` rounded up. The denominator is positive.
    public static func up(_ numerator: Int128, over denominator: Int128) -> Int128 {
        precondition(denominator > 0)
        let (quotient, remainder) = numerator.quotientAndRemainder(dividingBy: denominator)
        return remainder > 0 ? quotient + 1 : quotient
    }
}

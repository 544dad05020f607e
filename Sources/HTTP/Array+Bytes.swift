extension [UInt8] {
    /// Appends a text that is part of the program, without making a String of it.
    @inline(__always)
    package mutating func append(_ text: StaticString) {
        append(contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }

    /// Appends a number that is not negative as decimal digits.
    package mutating func append(decimal number: Int64) {
        precondition(number >= 0, "No sign is written")
        guard number > 9 else { return append(Octets.zero + UInt8(number)) }
        var rest = UInt64(number)
        var digits: (UInt64, UInt64, UInt32) = (0, 0, 0)
        Swift.withUnsafeMutableBytes(of: &digits) { digits in
            var start = digits.count
            while rest > 0 {
                start -= 1
                digits[start] = Octets.zero + UInt8(truncatingIfNeeded: rest % 10)
                rest /= 10
            }
            append(contentsOf: UnsafeRawBufferPointer(rebasing: digits[start...]))
        }
    }
}

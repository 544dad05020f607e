/// The recursion from autocorrelation to linear prediction (Levinson 1947, Durbin 1960).
enum Levinson {
    /// A little white noise, so that pure tones have a model too.
    private static let floor = 1e-7

    /// Fills `a` with 1, a1, a2 … of the inverse filter, as many as there are lags; false for a signal without power.
    static func solve(_ correlation: inout [Double], into a: inout [Double]) -> Bool {
        precondition(a.count == correlation.count, "As many coefficients as lags.")
        return correlation.withUnsafeMutableBufferPointer { correlation in
            a.withUnsafeMutableBufferPointer { solve(correlation, into: $0) }
        }
    }

    private static func solve(_ correlation: UnsafeMutableBufferPointer<Double>, into a: UnsafeMutableBufferPointer<Double>)
        -> Bool
    {
        guard correlation[0] > 1e-20 else { return false }
        correlation[0] *= 1 + floor
        for index in a.indices { a[index] = index == 0 ? 1 : 0 }
        var error = correlation[0]
        for step in 1..<correlation.count {
            var sum = correlation[step]
            for index in 1..<step { sum += a[index] * correlation[step - index] }
            let reflection = -sum / error
            var (low, high) = (1, step - 1)
            while low <= high {
                let (left, right) = (a[low], a[high])
                a[low] = left + reflection * right
                a[high] = right + reflection * left
                low += 1
                high -= 1
            }
            a[step] = reflection
            error *= 1 - reflection * reflection
            guard error > 0 else { return false }
        }
        return true
    }
}

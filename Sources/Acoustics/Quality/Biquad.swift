/// A filter of second order, direct form II transposed.
struct Biquad: Sendable {
    let b0: Double
    let b1: Double
    let b2: Double
    let a1: Double
    let a2: Double
    private var s1 = 0.0
    private var s2 = 0.0

    init(b0: Double, b1: Double, b2: Double, a1: Double, a2: Double) {
        self.b0 = b0
        self.b1 = b1
        self.b2 = b2
        self.a1 = a1
        self.a2 = a2
    }

    @inline(__always)
    mutating func filter(_ x: Double) -> Double {
        let y = b0 * x + s1
        // What waits for nothing first.
        s1 = b1 * x + s2 - a1 * y
        s2 = b2 * x - a2 * y
        return y
    }
}

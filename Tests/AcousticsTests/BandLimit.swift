import Foundation

/// A steep low-pass filter: what a converter between sample rates does.
enum BandLimit {
    static func filtered(_ samples: [Float], hz: Double, rate: Int) -> [Float] {
        let half = 200
        let share = 2 * hz / Double(rate)
        let taps = (-half...half).map { tap -> Float in
            let x = Double(tap)
            let window = 0.42 + 0.5 * cos(.pi * x / Double(half + 1)) + 0.08 * cos(2 * .pi * x / Double(half + 1))
            return Float(tap == 0 ? share : window * sin(.pi * share * x) / (.pi * x))
        }
        return (0..<samples.count - 2 * half).map { start in
            var sum: Float = 0
            for tap in taps.indices { sum += taps[tap] * samples[start + tap] }
            return sum
        }
    }
}

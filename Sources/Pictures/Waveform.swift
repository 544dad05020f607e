/// The lowest and highest sample of every 10 ms.
struct Waveform: Sendable {
    private static let sampleCount = 160

    private(set) var lows: [Float] = []
    private(set) var highs: [Float] = []
    private var filled = 0

    mutating func append(_ samples: [Float]) {
        for sample in samples {
            let sample = sample.isFinite ? min(1, max(-1, sample)) : 0
            if filled == 0 {
                lows.append(sample)
                highs.append(sample)
            } else {
                lows[lows.count - 1] = min(lows[lows.count - 1], sample)
                highs[highs.count - 1] = max(highs[highs.count - 1], sample)
            }
            filled = (filled + 1) % Self.sampleCount
        }
    }
}

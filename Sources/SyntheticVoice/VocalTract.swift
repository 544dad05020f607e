/// The resonances of a speaker's mouth: three that move, and the fixed higher ones up to half the sample rate or 8 kHz.
struct VocalTract: Sendable {
    private let sampleRateHz: Double
    private var moving: [Resonator]
    private var fixed: [Resonator]

    private static let bandwidthsHz = [80.0, 100, 140]

    init(sampleRateHz: Double, tractFactor: Double) {
        self.sampleRateHz = sampleRateHz
        moving = Array(repeating: Resonator(), count: 3)
        let highest = min(7500, 0.47 * sampleRateHz)
        fixed = stride(from: 3500 * tractFactor, to: highest, by: 1000 * tractFactor).map {
            Resonator(Formant(hz: $0, bandwidthHz: 60 + 0.06 * $0), sampleRateHz: sampleRateHz)
        }
    }

    /// Moves F1…F3.
    mutating func shape(_ formantsHz: [Double]) {
        for index in moving.indices {
            let formant = Formant(hz: formantsHz[index], bandwidthHz: Self.bandwidthsHz[index])
            moving[index].tune(formant, sampleRateHz: sampleRateHz)
        }
    }

    mutating func filter(_ x: Double) -> Double {
        var y = x
        for index in moving.indices { y = moving[index].filter(y) }
        for index in fixed.indices { y = fixed[index].filter(y) }
        return y
    }
}

/// The levels of a frame's harmonics. The first is the fundamental.
struct Harmonics: Sendable {
    let f0Hz: Float
    /// Logarithms to base 2 of the power of harmonics 1, 2, 3 … up to 5.5 kHz; at least one.
    let octaves: [Float]

    static let highestHz: Float = 5500
    private static let decibelsPerOctave: Float = 3.010_299_96

    /// Reads them off a long frame's power spectrum. Under a Gaussian window a harmonic is a parabola on the logarithmic scale,
    /// so that three bins give its true height.
    init(power: [Float], f0Hz: Float) {
        self.f0Hz = f0Hz
        let perBin = f0Hz / FrameGrid.longBinHz
        // A harmonic may lie off by the frame's jitter, but not nearer to its neighbour.
        let reach = min(3, 0.35 * perBin)
        octaves = (1...max(1, Int(Self.highestHz / f0Hz))).map { number in
            let place = Float(number) * perBin
            let bins = max(1, Int((place - reach).rounded()))...min(power.count - 2, Int((place + reach).rounded()))
            var peak = bins.lowerBound
            for bin in bins where power[bin] > power[peak] { peak = bin }
            return Self.height(power, around: peak)
        }
    }

    /// First over second harmonic; nil where there is no second.
    var h1OverH2Decibels: Float? { octaves.count < 2 ? nil : Self.decibelsPerOctave * (octaves[0] - octaves[1]) }

    /// The strongest harmonic within half the pitch or a tenth of the frequency, over the first harmonic.
    func strongestDecibels(near hz: Float) -> Float? {
        let reach = max(0.5 * f0Hz, 0.1 * hz)
        let first = max(1, Int(((hz - reach) / f0Hz).rounded(.up)))
        let last = min(octaves.count, Int((hz + reach) / f0Hz))
        guard first <= last, let strongest = octaves[(first - 1)...(last - 1)].max() else { return nil }
        return Self.decibelsPerOctave * (strongest - octaves[0])
    }

    private static func height(_ power: [Float], around bin: Int) -> Float {
        let three = SIMD4(power[bin - 1], power[bin], power[bin + 1], 1)
        let log = three.replacing(with: 1e-30, where: three .< 1e-30).log2
        let bend = log.x - 2 * log.y + log.z
        guard bend < 0, log.y >= log.x, log.y >= log.z else { return log.y }
        let offset = 0.5 * (log.x - log.z) / bend
        return log.y - 0.25 * (log.x - log.z) * offset
    }
}

/// A resonance of the vocal tract: its frequency and its bandwidth at -3 dB.
public struct Formant: Sendable, Equatable {
    public var hz: Double
    public var bandwidthHz: Double

    public init(hz: Double, bandwidthHz: Double) {
        self.hz = hz
        self.bandwidthHz = bandwidthHz
    }
}

/// One closing of the glottis.
public struct Pulse: Sendable, Equatable {
    /// From the beginning of the vowel.
    public let seconds: Double
    /// A factor around 1.
    public let amplitude: Double
}

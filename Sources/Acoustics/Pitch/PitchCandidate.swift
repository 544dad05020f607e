/// One pitch that a frame may have.
struct PitchCandidate: Sendable, Equatable {
    var octave: Float
    /// How well the frame repeats itself at that period, about 0…1.
    var strength: Float

    /// Octaves are logarithms to base 2 of Hz.
    static let none = PitchCandidate(octave: 0, strength: -.infinity)
}

/// What the voice is doing at one moment of an utterance.
struct Articulation: Sendable {
    /// Amplitude of the glottal pulses, 0…1.
    var voicing = 0.0
    var f0Hz = 0.0
    /// F1…F3 after the speaker's factor.
    var formantsHz: [Double] = [500, 1500, 2500]
    /// Amplitude of the noise made in the mouth, 0…1, and where its spectrum peaks.
    var friction = 0.0
    var frictionHz = 4000.0
}

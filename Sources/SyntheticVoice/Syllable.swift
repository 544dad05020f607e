/// One syllable of an utterance's plan: a consonant, a vowel that glides, and the pause behind it.
struct Syllable: Sendable {
    enum Onset: Sendable {
        /// The vowel begins by itself.
        case none
        /// Noise around this frequency.
        case fricative(hz: Double)
        /// Silence, then a short burst around this frequency.
        case stop(hz: Double)
        /// Voiced, quiet, low.
        case nasal
    }

    var onset: Onset
    var onsetSeconds: Double
    var vowelSeconds: Double
    var pauseSeconds: Double
    /// F1…F3 at the vowel's beginning and end, before the speaker's factor.
    var from: [Double]
    var to: [Double]
    /// Pitch over the speaker's own at the vowel's beginning, middle and end.
    var pitchSemitones: [Double]
    /// Level within the utterance.
    var decibels: Double

    var seconds: Double { onsetSeconds + vowelSeconds + pauseSeconds }
}

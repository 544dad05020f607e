/// How an utterance is spoken. The presets follow Juslin and Laukka (2003), tables 7 and 11, in direction, not in size.
public struct Mood: Sendable, Equatable {
    /// Added to the speaker's pitch.
    public var pitchLevelSemitones: Double
    /// Factor on the movement of the pitch.
    public var pitchRangeFactor: Double
    /// Factor on syllables a second.
    public var tempoFactor: Double
    /// Vocal effort, -1 (soft) … 1 (shouting): level, and how slowly the spectrum falls.
    public var effort: Double
    /// Factor on the length of pauses.
    public var pauseFactor: Double
    /// Added to the speaker's aspiration noise.
    public var breathiness: Double
    /// Added to the speaker's jitter.
    public var jitterPercent: Double

    public init(
        pitchLevelSemitones: Double = 0, pitchRangeFactor: Double = 1, tempoFactor: Double = 1, effort: Double = 0,
        pauseFactor: Double = 1, breathiness: Double = 0, jitterPercent: Double = 0
    ) {
        self.pitchLevelSemitones = pitchLevelSemitones
        self.pitchRangeFactor = pitchRangeFactor
        self.tempoFactor = tempoFactor
        self.effort = effort
        self.pauseFactor = pauseFactor
        self.breathiness = breathiness
        self.jitterPercent = jitterPercent
    }

    public static let neutral = Mood()
    public static let anger = Mood(
        pitchLevelSemitones: 4, pitchRangeFactor: 1.6, tempoFactor: 1.15, effort: 0.9, pauseFactor: 0.7, jitterPercent: 0.6)
    public static let boredom = Mood(
        pitchLevelSemitones: -1.5, pitchRangeFactor: 0.45, tempoFactor: 0.8, effort: -0.3, pauseFactor: 1.4)
    public static let disgust = Mood(
        pitchLevelSemitones: -1, pitchRangeFactor: 1.1, tempoFactor: 0.8, effort: 0.15, pauseFactor: 1.2, jitterPercent: 0.8)
    public static let fear = Mood(
        pitchLevelSemitones: 6, pitchRangeFactor: 0.8, tempoFactor: 1.25, effort: 0.1, pauseFactor: 0.8, breathiness: 0.08,
        jitterPercent: 0.9)
    public static let happiness = Mood(
        pitchLevelSemitones: 4, pitchRangeFactor: 1.9, tempoFactor: 1.1, effort: 0.4, pauseFactor: 0.8)
    public static let sadness = Mood(
        pitchLevelSemitones: -0.5, pitchRangeFactor: 0.55, tempoFactor: 0.75, effort: -0.6, pauseFactor: 1.8,
        breathiness: 0.06)
    public static let surprise = Mood(
        pitchLevelSemitones: 6, pitchRangeFactor: 2.3, tempoFactor: 1.05, effort: 0.35, pauseFactor: 0.9)

    /// The preset of an emotion's name ("anger", "boredom", "disgust", "fear", "happiness", "neutral", "sadness",
    /// "surprise"); nil for other names.
    public static func named(_ name: String) -> Mood? {
        switch name {
        case "anger": anger
        case "boredom": boredom
        case "disgust": disgust
        case "fear": fear
        case "happiness": happiness
        case "neutral": neutral
        case "sadness": sadness
        case "surprise": surprise
        default: nil
        }
    }
}

/// What a grade is decided by. Names are those of the receipt's JSON.
public enum Measure: String, CaseIterable, Sendable {
    case durationSeconds = "duration_seconds"
    case snrDecibels = "snr_db"
    case clippedShare = "clipped_share"
    case speechShare = "speech_share"
    case bandwidthHz = "bandwidth_hz"
    case noiseFloorDecibels = "noise_floor_db"
    case loudnessLUFS = "loudness_lufs"

    /// Whether a larger value is better.
    public var isBetterWhenLarger: Bool {
        switch self {
        case .clippedShare, .noiseFloorDecibels: false
        default: true
        }
    }

    /// What a contributor can do about a poor value.
    public var fix: String {
        switch self {
        case .durationSeconds: "Speak for longer: say the whole scenario in one take."
        case .snrDecibels: "Move closer to the microphone, about a hand's width, and switch off fans, music and other noise."
        case .clippedShare: "Turn the recording level down, or step back from the microphone, so that loud words don't distort."
        case .speechShare: "Cut the silence before, between and after what you say."
        case .bandwidthHz:
            "Record at 16 kHz or more with the device's own microphone, not over a telephone or a Bluetooth headset."
        case .noiseFloorDecibels: "Find a quieter room, close the windows, and turn automatic gain off."
        case .loudnessLUFS: "Turn the recording level up, or speak closer to the microphone."
        }
    }

    /// The measure's name in a sentence.
    public var noun: String {
        switch self {
        case .durationSeconds: "the duration"
        case .snrDecibels: "the speech-to-noise ratio"
        case .clippedShare: "the share of clipped samples"
        case .speechShare: "the share of speech"
        case .bandwidthHz: "the real bandwidth"
        case .noiseFloorDecibels: "the noise floor"
        case .loudnessLUFS: "the loudness"
        }
    }
}

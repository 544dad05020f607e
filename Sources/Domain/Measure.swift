/// What a grade is decided by. Names are those of the receipt's JSON.
public enum Measure: String, CaseIterable, Sendable {
    case durationSeconds = "duration_seconds"
    case snrDecibels = "snr_db"
    case clippedShare = "clipped_share"
    case speechShare = "speech_share"
    case bandwidthHz = "bandwidth_hz"
    case noiseFloorDecibels = "noise_floor_db"
    case loudnessLUFS = "loudness_lufs"
    case humDecibels = "hum_db"
    case dropoutShare = "dropout_share"
    case truePeakDecibels = "true_peak_db"
    /// The magnitude counts: an offset has a sign.
    case dcOffset = "dc_offset"
    case leadingSilenceSeconds = "leading_silence_seconds"
    case longestPauseSeconds = "longest_pause_seconds"
    case trailingSilenceSeconds = "trailing_silence_seconds"
    case channelCancellationDecibels = "channel_cancellation_db"
    case brickWallHz = "brick_wall_hz"
    case digitalZeroShare = "digital_zero_share"
    /// 1 where the file breaks off, 0 where it is whole.
    case isTruncated = "truncated"

    /// Whether a larger value is better.
    public var isBetterWhenLarger: Bool {
        switch self {
        case .durationSeconds, .snrDecibels, .speechShare, .bandwidthHz, .loudnessLUFS, .brickWallHz: true
        case .clippedShare, .noiseFloorDecibels, .humDecibels, .dropoutShare, .truePeakDecibels, .dcOffset,
            .leadingSilenceSeconds, .longestPauseSeconds, .trailingSilenceSeconds, .channelCancellationDecibels,
            .digitalZeroShare, .isTruncated:
            false
        }
    }

    /// Whether a recording of which it could not be taken is rejected. The others look for faults: a recording too short to
    /// look for hum, with one channel, or without a wall has none.
    public var isRequired: Bool {
        switch self {
        case .durationSeconds, .snrDecibels, .clippedShare, .speechShare, .bandwidthHz, .noiseFloorDecibels, .loudnessLUFS:
            true
        case .humDecibels, .dropoutShare, .truePeakDecibels, .dcOffset, .leadingSilenceSeconds, .longestPauseSeconds,
            .trailingSilenceSeconds, .channelCancellationDecibels, .brickWallHz, .digitalZeroShare, .isTruncated:
            false
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
        case .humDecibels:
            "Unplug the charger or record on battery, and move microphone and cables away from lamps, screens and power supplies."
        case .dropoutShare:
            "Parts of the sound are lost: close other programs, record to the device itself, not over a network or Bluetooth."
        case .truePeakDecibels: "Turn the recording level down, and export without normalising to the very top."
        case .dcOffset: "Use another sound card or microphone input, or remove the constant offset in your editor."
        case .leadingSilenceSeconds: "Cut the silence before your first word."
        case .longestPauseSeconds: "Make shorter pauses, or cut the long one out."
        case .trailingSilenceSeconds: "Stop the recording after your last word, or cut the silence behind it."
        case .channelCancellationDecibels:
            "The channels cancel each other: record in mono, or correct the microphone that has its poles exchanged."
        case .brickWallHz:
            "Send the recording as it was made: one that is converted to a higher rate, or back from a coder, gains nothing."
        case .digitalZeroShare: "Turn noise gates and noise suppression off, and don't replace pauses by digital silence."
        case .isTruncated: "The file breaks off before its end: copy or export it again, and send the whole file."
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
        case .humDecibels: "the hum of the mains"
        case .dropoutShare: "the share of lost sound"
        case .truePeakDecibels: "the true peak"
        case .dcOffset: "the constant offset"
        case .leadingSilenceSeconds: "the silence at the start"
        case .longestPauseSeconds: "the longest pause"
        case .trailingSilenceSeconds: "the silence at the end"
        case .channelCancellationDecibels: "the cancellation between channels"
        case .brickWallHz: "the end of the spectrum"
        case .digitalZeroShare: "the share of digital silence"
        case .isTruncated: "the end of the file"
        }
    }
}

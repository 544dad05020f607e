/// Why a file is no recording, in words that its speaker understands.
public enum AudioFileError: Error, Equatable, Sendable {
    case unrecognised
    /// A known format that is not taken, and what to send instead.
    case unsupported(String)
    case malformed(String)
    case empty
    case tooLong(secondsMax: Double)
    case tooManyChannels(Int)
    case unsupportedRate(Int)
    /// The file is there no more, or the disk fails.
    case unreadable(String)

    /// A stable code.
    public var reasonCode: String {
        switch self {
        case .unrecognised: "unrecognised-format"
        case .unsupported: "unsupported-format"
        case .malformed: "malformed-audio"
        case .empty: "empty-audio"
        case .tooLong: "too-long"
        case .tooManyChannels: "too-many-channels"
        case .unsupportedRate: "unsupported-sample-rate"
        case .unreadable: "unreadable-file"
        }
    }

    /// One sentence: what is wrong, and what to do.
    public var sentence: String {
        let send = "send WAV, FLAC, Ogg Vorbis, Ogg Opus, MP3 or AIFF"
        return switch self {
        case .unrecognised: "The file is no audio of a known format; \(send)."
        case .unsupported(let format): "\(format) is not taken; \(send)."
        case .malformed(let detail): "The file is damaged (\(detail)); record or export it again."
        case .empty: "The file holds no sound; check the microphone and record again."
        case .tooLong(let seconds): "The recording is longer than \(Int(seconds / 60)) minutes; cut it into shorter ones."
        case .tooManyChannels(let count): "The file has \(count) channels; send one or two."
        case .unsupportedRate(let hz): "The sample rate of \(hz) Hz is not taken; record at 16,000 to 48,000 Hz."
        case .unreadable(let detail): "The file can't be read (\(detail))."
        }
    }
}

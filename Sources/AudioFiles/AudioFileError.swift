/// Why a file is no recording, in words that its speaker understands.
public enum AudioFileError: Error, Equatable, Sendable {
    /// No audio of any format that the sniffer knows.
    case unrecognised(String)
    /// A known format that is not taken, and what to send in its place.
    case unsupported(format: String, instead: String)
    /// The right format, but broken so far that nothing can be decoded.
    case malformed(String)
    /// Sound and whole, and no sample in it.
    case empty
    case tooLong(secondsMax: Double)
    case tooManyChannels(Int, channelCountMax: Int)
    case unsupportedRate(Int, supportedHz: ClosedRange<Int>)
    /// The file is not there, or the disk fails: not the speaker's fault.
    case unreadable(String)

    /// A code that stays the same, in kebab case.
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
        switch self {
        case .unrecognised(let detail): "This is no audio file that we know (\(detail)); send \(Self.anyFormat)."
        case .unsupported(let format, let instead): "We don't take \(format); send \(instead)."
        case .malformed(let detail): "The file is damaged (\(detail)); record or export it again."
        case .empty: "The file holds no sound; check the microphone and record again."
        case .tooLong(let seconds): "The recording is longer than \(Self.duration(seconds)); cut it into shorter ones."
        case .tooManyChannels(let count, let most): "The file has \(count) channels and we take at most \(most); send it in mono."
        case .unsupportedRate(let rate, let range):
            "A sample rate of \(rate) Hz is not taken; record at 16000 to 48000 Hz"
                + " (\(range.lowerBound) to \(range.upperBound) Hz are possible)."
        case .unreadable(let detail): "The file can't be read (\(detail)); send it again later."
        }
    }

    /// What to send instead, where nothing better is known.
    static let anyFormat = "WAV, FLAC, Ogg Vorbis, Ogg Opus, MP3 or AIFF"

    private static func duration(_ seconds: Double) -> String {
        seconds < 120 ? "\(seconds.formatted) seconds" : "\((seconds / 60).formatted) minutes"
    }
}

extension Double {
    /// Without a fraction where it is whole.
    fileprivate var formatted: String { Int(exactly: self).map(String.init) ?? "\(self)" }
}

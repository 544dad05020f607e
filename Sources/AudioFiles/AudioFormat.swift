/// The formats that are taken. Whatever a file is called, its bytes decide.
public enum AudioFormat: String, CaseIterable, Sendable {
    case wav
    case flac
    case oggVorbis = "ogg-vorbis"
    case oggOpus = "ogg-opus"
    /// MPEG-1, MPEG-2 or MPEG-2.5, layer III. Layers I and II are refused.
    case mp3
    case aiff

    /// Whether decoding gives back the samples that were coded.
    public var isLossless: Bool { self == .wav || self == .flac || self == .aiff }

    /// The registered or customary media type.
    public var mediaType: String {
        switch self {
        case .wav: "audio/wav"
        case .flac: "audio/flac"
        case .oggVorbis, .oggOpus: "audio/ogg"
        case .mp3: "audio/mpeg"
        case .aiff: "audio/aiff"
        }
    }

    /// The customary end of a file's name, without the dot.
    public var fileExtension: String {
        switch self {
        case .wav: "wav"
        case .flac: "flac"
        case .oggVorbis: "ogg"
        case .oggOpus: "opus"
        case .mp3: "mp3"
        case .aiff: "aiff"
        }
    }
}

/// The formats that are taken.
public enum AudioFormat: String, CaseIterable, Sendable {
    case wav
    case flac
    case oggVorbis = "ogg-vorbis"
    case oggOpus = "ogg-opus"
    case mp3
    case aiff

    public var mediaType: String {
        switch self {
        case .wav: "audio/wav"
        case .flac: "audio/flac"
        case .oggVorbis, .oggOpus: "audio/ogg"
        case .mp3: "audio/mpeg"
        case .aiff: "audio/aiff"
        }
    }
}

import HTTP

/// What makes an answer's body piece by piece.
enum BodySource {
    case content(any SeekableContent, offset: Int64, remaining: Int64)
    case sequence(any ContentSequence)
    case events(EventStream)
}

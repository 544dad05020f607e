/// What a form brings, in order: for each part its begin, its bytes in any number of pieces, its end; then the end.
public enum MultipartEvent: Sendable, Equatable {
    case partBegan(MultipartPart)
    case partBytes([UInt8])
    case partEnded
    case end
}

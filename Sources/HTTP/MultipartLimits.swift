/// How much of a form is read before it is refused.
public struct MultipartLimits: Sendable, Equatable {
    public var partCountMax = 64
    /// Header bytes of one part.
    public var headerByteCountMax = 8 * 1024
    /// Header fields of one part.
    public var fieldCountMax = 16
    /// Bytes before the first boundary, which a form has no use for.
    public var preambleByteCountMax = 1024
    /// Blanks behind a boundary.
    public var paddingByteCountMax = 64

    public init() {}
}

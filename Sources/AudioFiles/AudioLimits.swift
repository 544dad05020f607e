/// How much of a file is read, whatever its header claims.
public struct AudioLimits: Sendable, Equatable {
    /// Longest recording.
    public var secondsMax = 1800.0
    public var channelCountMax = 8
    public var sampleRateHzMin = 4000
    public var sampleRateHzMax = 192_000

    public init() {}

    public static let standard = AudioLimits()
}

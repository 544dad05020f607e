/// How much of a file is decoded, whatever its header claims.
public struct AudioLimits: Sendable, Equatable {
    /// Longest recording. What is kept of each second while it is measured makes it the bound for memory as well.
    public var secondsMax: Double
    /// Most channels.
    public var channelCountMax: Int
    /// The rates that are taken, both ends included.
    public var sampleRateHz: ClosedRange<Int>

    public init(
        secondsMax: Double = Self.standardSecondsMax, channelCountMax: Int = Self.standardChannelCountMax,
        sampleRateHz: ClosedRange<Int> = Self.standardSampleRateHz
    ) {
        self.secondsMax = secondsMax
        self.channelCountMax = channelCountMax
        self.sampleRateHz = sampleRateHz
    }

    /// Half an hour: more than a scenario asks for. At the highest rate it is 345.6 million samples a channel.
    public static let standardSecondsMax = 1800.0
    /// Eight channels, what a field recorder writes.
    public static let standardChannelCountMax = 8
    /// From 4 kHz, below which no speech is left, to 192 kHz.
    public static let standardSampleRateHz = 4000...192_000

    public static let standard = AudioLimits()

    /// Most frames at a rate.
    func frameCountMax(atHz sampleRateHz: Int) -> Int64 { Int64(secondsMax * Double(sampleRateHz)) }
}

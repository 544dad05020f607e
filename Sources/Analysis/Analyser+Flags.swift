import Acoustics
import AudioFiles
import Domain

extension Analyser.Result {
    /// A wall below this share of half the rate; what a converter leaves out ends above it.
    private static let realShareMin = 0.8
    private static let digitalZeroShareMin = 0.02
    private static let cancellationDecibelsMin = 6.0

    /// What stands out for a person to look at.
    public var flags: [QualityFlag] {
        var flags: [QualityFlag] = []
        if isRateUnreal { flags.append(.rateNotReal) }
        if quality.digitalZeroShare >= Self.digitalZeroShareMin { flags.append(.digitalZeros) }
        if quality.channelCancellationDecibels ?? 0 >= Self.cancellationDecibelsMin { flags.append(.channelsCancel) }
        if isTruncated { flags.append(.truncatedData) }
        return flags
    }

    /// Lossy coders cut the upper end off by themselves, and Opus always claims 48 kHz.
    private var isRateUnreal: Bool {
        guard format.isLossless, let wall = quality.brickWallHz else { return false }
        return wall < Self.realShareMin * Double(quality.sampleRateHz) / 2
    }
}

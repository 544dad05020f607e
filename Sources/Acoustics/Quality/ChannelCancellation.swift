import Foundation

/// How much of the channels' energy their mean loses, in decibels. The definition is this program's own.
///
/// Two microphones that stand apart hear independent sounds: the energy of their mean is the sum of theirs over the square of their number,
/// and that is no fault, nor are channels that are the same or silent. Less is left only where channels work against each
/// other, as where one has its poles exchanged.
enum ChannelCancellation {
    private static let decibelsMax = 60.0

    /// Within 0…60 dB, after the weighting of BS.1770, which leaves offset out; nil for one channel, and for silence.
    static func decibels(mean: LoudnessMeter, channels: [ChannelMeter]) -> Double? {
        let energy = channels.reduce(0) { $0 + $1.loudness.energy }
        guard channels.count > 1, energy > 0 else { return nil }
        let independent = energy / Double(channels.count * channels.count)
        return min(decibelsMax, max(0, 10 * log10(independent / max(1e-30, mean.energy))))
    }
}

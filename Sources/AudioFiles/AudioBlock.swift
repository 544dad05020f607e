/// Frames of an audio file: the mean of their channels, and each channel by itself.
public struct AudioBlock: Sendable {
    /// One sample a frame.
    public internal(set) var mean: [Float] = []
    /// The samples of each channel; empty where there is but one, which the mean is.
    public internal(set) var channels: [[Float]] = []

    public init() {}

    /// Empty lists for this many channels, in the memory of those before.
    mutating func takeChannels(_ count: Int) -> [[Float]] {
        guard count > 1 else { return [] }
        var taken: [[Float]] = []
        swap(&taken, &channels)
        if taken.count != count { taken = Array(repeating: [], count: count) }
        for channel in taken.indices { taken[channel].removeAll(keepingCapacity: true) }
        return taken
    }

    static func split(_ interleaved: [Float], into channels: inout [[Float]]) {
        for channel in channels.indices {
            for index in stride(from: channel, to: interleaved.count, by: channels.count) {
                channels[channel].append(interleaved[index])
            }
        }
    }

    /// Appends the mean of each frame; one that overflows is 0.
    static func appendMeans(of interleaved: [Float], channelCount: Int, to buffer: inout [Float]) {
        let scale = 1 / Float(channelCount)
        for first in stride(from: 0, to: interleaved.count, by: channelCount) {
            var sum: Float = 0
            for channel in 0..<channelCount { sum += interleaved[first + channel] }
            let mean = sum * scale
            buffer.append(mean.isFinite ? mean : 0)
        }
    }
}

import Foundation

/// A room that a voice is heard in: the voice itself, then noise that decays exponentially (Polack 1988) and falls by 60 dB in
/// the reverberation time.
public struct Room: Sendable {
    /// The sound that comes directly, then the decaying noise.
    private let response: [Float]

    /// - Parameters:
    ///   - reverberationSeconds: T60, the time in which the noise falls by 60 dB; after that it is cut off.
    ///   - directOverReverberantDecibels: energy of what comes directly over that of all the rest.
    ///   - seed: names this room for ever.
    public init(
        reverberationSeconds: Double, directOverReverberantDecibels: Double, sampleRateHz: Int = 16000, seed: UInt64
    ) {
        var chance = Chance(seed: seed, purpose: 7)
        let decay = log(1000) / reverberationSeconds / Double(sampleRateHz)
        var tail = (1..<max(2, Int(reverberationSeconds * Double(sampleRateHz)))).map {
            chance.gaussian() * exp(-decay * Double($0))
        }
        let energy = tail.reduce(0) { $0 + $1 * $1 }
        let gain = (pow(10, -directOverReverberantDecibels / 10) / energy).squareRoot()
        for index in tail.indices { tail[index] *= gain }
        response = [1] + tail.map(Float.init)
    }

    /// The sound as it is heard in the room, of the same length. Takes time in proportion to samples and reverberation.
    public func heard(_ samples: [Float]) -> [Float] {
        var output = [Float](repeating: 0, count: samples.count)
        samples.withUnsafeBufferPointer { samples in
            output.withUnsafeMutableBufferPointer { output in
                for (delay, weight) in response.enumerated().prefix(samples.count) {
                    for index in delay..<samples.count { output[index] += weight * samples[index - delay] }
                }
            }
        }
        return output
    }
}

import Foundation

/// How the envelopes of eight groups of mel bands are modulated: the power of their logarithms' slow spectrum in eight
/// stretches from 1 to 32 Hz (after Wu, Falk and Chan, Speech Communication 53(5), 2011). In natural logarithms.
struct ModulationSpectrum: Sendable {
    /// The first band of each group, and the end.
    private static let groups = [0, 3, 6, 9, 12, 15, 18, 22, 26]
    /// Where the stretches of modulation frequency begin, and the end.
    private static let edgesHz = [1, 2, 4, 6, 8, 12, 16, 24, 32]

    static let names: [String] = groups.indices.dropLast().flatMap { group in
        edgesHz.indices.dropLast().map { "modulation\(group + 1)_\(edgesHz[$0])-\(edgesHz[$0 + 1])Hz" }
    }

    let values: [Double?]

    /// Frames of 10 ms that are transformed together; longer recordings are cut into halfway overlapping pieces.
    private static let length = 1024
    private static let frameCountMin = 9
    /// 50 dB under its highest, an envelope ends.
    private static let depth = Float(5 * log(10.0))
    /// Keeps the logarithm of a constant envelope finite: far under the modulation of any speech.
    private static let least = 1e-6

    init(_ frames: BandFrames) {
        let frameCount = frames.extent.count
        guard frameCount >= Self.frameCountMin else {
            values = [Double?](repeating: nil, count: Self.names.count)
            return
        }
        var transform = FrameTransform(length: Self.length)
        var power = [Frames](repeating: .zero, count: transform.binCount)
        var sums = [Double](repeating: 0, count: Self.names.count)
        let envelopes = Self.envelopes(frames)
        let pieces = Self.pieces(frameCount)
        let window = Self.hann(pieces[0].count)
        let weight = window.reduce(0.0) { $0 + Double($1) * Double($1) }
        for piece in pieces {
            var block = [Float](repeating: 0, count: envelopes.count * Self.length)
            for (group, envelope) in envelopes.enumerated() {
                let mean = envelope[piece].reduce(0, +) / Float(piece.count)
                for index in piece { block[group * Self.length + index - piece.lowerBound] = envelope[index] - mean }
            }
            block.withUnsafeBufferPointer { block in
                for first in stride(from: 0, to: envelopes.count, by: FrameGrid.batch) {
                    transform.power(
                        of: block.baseAddress! + first * Self.length, hop: Self.length, window: window, into: &power)
                    Self.add(power, first, to: &sums)
                }
            }
        }
        values = sums.map { log($0 / weight / Double(pieces.count) + Self.least) }
    }

    /// Adds each stretch's mean power, lanes being groups.
    private static func add(_ power: [Frames], _ first: Int, to sums: inout [Double]) {
        let stretchCount = edgesHz.count - 1
        for stretch in 0..<stretchCount {
            let bins = bins(edgesHz[stretch])..<bins(edgesHz[stretch + 1])
            var sum = Frames.zero
            for bin in bins { sum += power[bin] }
            for lane in 0..<FrameGrid.batch {
                sums[(first + lane) * stretchCount + stretch] += Double(sum[lane]) / Double(bins.count)
            }
        }
    }

    /// The first bin that is not below a frequency; bins are 100 Hz / 1024 apart.
    private static func bins(_ hz: Int) -> Int {
        Int((Float(hz * length) * FrameGrid.hopSeconds).rounded(.up))
    }

    /// For each group the logarithm of its power in every frame of the extent, cut from below.
    private static func envelopes(_ frames: BandFrames) -> [[Float]] {
        zip(groups, groups.dropFirst()).map { first, end in
            let envelope = frames.extent.map { frame in
                log((first..<end).reduce(0 as Float) { $0 + exp(frames.level(frame, $1)) })
            }
            let lowest = envelope.max()! - depth
            return envelope.map { max($0, lowest) }
        }
    }

    private static func pieces(_ count: Int) -> [Range<Int>] {
        guard count > length else { return [0..<count] }
        var starts = Array(stride(from: 0, to: count - length, by: length / 2))
        starts.append(count - length)
        return starts.map { $0..<$0 + length }
    }

    /// Zeros fill what is missing to a multiple of 4.
    private static func hann(_ count: Int) -> [Float] {
        (0..<(count + 3) / 4 * 4).map {
            $0 < count ? Float(0.5 - 0.5 * cos(2 * .pi * Double($0) / Double(count - 1))) : 0
        }
    }
}

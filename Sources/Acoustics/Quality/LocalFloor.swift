/// The background's level around every frame, in decibels: the lowest mean of 70 ms within 1.5 s to either side, after the idea of
/// minimum statistics (Martin 2001, IEEE Trans. Speech and Audio Processing 9(5), 504-512). The lengths are this program's own.
enum LocalFloor {
    private static let reachFrames = 150
    private static let blockFrames = 10

    /// One value a frame. Frames of digital silence (-infinity) are passed over; without others the floor is -infinity.
    static func of(_ levels: [Float]) -> [Float] {
        let smooth = smooth(levels)
        // Minima of blocks of 100 ms first: the reach is then 15 blocks to either side.
        let blocks = stride(from: 0, to: levels.count, by: blockFrames).map { start in
            smooth[start..<min(levels.count, start + blockFrames)].min() ?? .infinity
        }
        let reach = reachFrames / blockFrames
        let floors = blocks.indices.map { index in
            blocks[max(0, index - reach)...min(blocks.count - 1, index + reach)].min() ?? .infinity
        }
        return levels.indices.map { floors[$0 / blockFrames] == .infinity ? -.infinity : floors[$0 / blockFrames] }
    }

    private static func smooth(_ levels: [Float]) -> [Float] {
        levels.indices.map { index in
            var sum: Float = 0
            var count: Float = 0
            for near in max(0, index - 3)...min(levels.count - 1, index + 3) where levels[near] > -.infinity {
                sum += levels[near]
                count += 1
            }
            return count == 0 ? .infinity : sum / count
        }
    }
}

/// Where a long-term spectrum ends.
struct SpectrumEnd: Sendable {
    /// The upper edge of the highest band within 60 dB of the strongest and 10 dB over the weakest; nil without signal.
    let bandwidthHz: Double?
    /// The bandwidth, where the spectrum drops there by 20 dB within 500 Hz and stays down.
    let brickWallHz: Double?

    private static let underStrongestDecibels = 60.0
    private static let overFloorDecibels = 10.0
    private static let floorDepthDecibels = 40.0
    private static let wallDecibels = 20.0
    /// Below, a fall is the nature of a sound; at the very end, it is the filter of the converter.
    private static let wallLowestHz = 3000.0
    private static let wallHighestShare = 0.9

    /// Takes the levels of equally wide bands from 0 Hz on.
    init(bandsDecibels: [Double], bandHz: Double) {
        // Rumble and offset below 100 Hz are not what the rest is compared with.
        guard bandsDecibels.count > 4, let strongest = bandsDecibels.dropFirst().max(), strongest > -280 else {
            bandwidthHz = nil
            brickWallHz = nil
            return
        }
        let floor = bandsDecibels.min() ?? strongest
        // Where even the weakest band is near the strongest it is no floor but signal, or noise that came the same way.
        let depth = min(1, max(0, (strongest - floor - Self.floorDepthDecibels) / 20))
        let limit = max(strongest - Self.underStrongestDecibels, floor + depth * Self.overFloorDecibels)
        guard let last = bandsDecibels.lastIndex(where: { $0 >= limit }) else {
            bandwidthHz = nil
            brickWallHz = nil
            return
        }
        bandwidthHz = Double(last + 1) * bandHz
        brickWallHz = Self.wall(bandsDecibels, bandHz: bandHz)
    }

    private static func wall(_ bands: [Double], bandHz: Double) -> Double? {
        let reach = max(1, Int((500 / bandHz).rounded()))
        guard bands.count > 4 * reach else { return nil }
        let lowest = max(2 * reach, Int(wallLowestHz / bandHz))
        let highest = min(bands.count - 2 * reach - 1, Int(wallHighestShare * Double(bands.count)))
        for index in stride(from: highest, through: lowest, by: -1) {
            let under = bands[(index - reach)..<index].reduce(0, +) / Double(reach)
            let over = bands[(index + reach)...].max() ?? 0
            guard under - over >= wallDecibels else { continue }
            // The steepest band around is the wall itself.
            let around = max(1, index - reach)..<min(bands.count, index + reach)
            let steepest = around.max { bands[$0 - 1] - bands[$0] < bands[$1 - 1] - bands[$1] } ?? index
            return Double(steepest) * bandHz
        }
        return nil
    }
}

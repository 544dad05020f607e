/// Turns band energies into sub-prints: bit m of frame n says whether E(n,m) - E(n,m+1) has grown since an earlier frame
/// (Haitsma and Kalker 2002, equation 1).
struct PrintCoder {
    /// 33 energies a frame, all frames together.
    let energies: [Float]

    private var frames: Range<Int> { 0..<energies.count / PrintGrid.bandCount }

    private func energies(of frame: Int) -> ArraySlice<Float> {
        energies[frame * PrintGrid.bandCount..<(frame + 1) * PrintGrid.bandCount]
    }

    /// Nil where too little was said.
    var line: PrintLine? {
        let levels = frames.map { energies(of: $0).reduce(0, +) }
        let threshold = (levels.max() ?? 0) * PrintGrid.silenceRatio
        // Below the smallest normal numbers the bits are those of the rounding.
        guard threshold > 1e-20 else { return nil }
        var subprints: [UInt32] = []
        var weakBits: [SIMD4<UInt8>] = []
        for frame in frames.dropFirst(PrintGrid.lag) {
            guard levels[frame] >= threshold else {
                subprints.append(Print.silent)
                weakBits.append(.zero)
                continue
            }
            let (subprint, weak) = code(frame)
            subprints.append(subprint)
            weakBits.append(weak)
        }
        guard subprints.count(where: { $0 != Print.silent }) >= PrintGrid.countMin,
            let first = subprints.firstIndex(where: { $0 != Print.silent }),
            let last = subprints.lastIndex(where: { $0 != Print.silent })
        else { return nil }
        return PrintLine(subprints: Array(subprints[first...last]), weakBits: Array(weakBits[first...last]))
    }

    private func code(_ frame: Int) -> (UInt32, SIMD4<UInt8>) {
        let (now, before) = (frame * PrintGrid.bandCount, (frame - PrintGrid.lag) * PrintGrid.bandCount)
        var subprint: UInt32 = 0
        var weak = SIMD4<UInt8>.zero
        var certainty = SIMD4<Float>(repeating: .infinity)
        for bit in 0..<32 {
            let (low, high) = (energies[now + bit], energies[now + bit + 1])
            let growth = (low - high) - (energies[before + bit] - energies[before + bit + 1])
            if growth > 0 { subprint |= 1 << UInt32(bit) }
            var (place, value, name) = (0, abs(growth) / (low + high + 1e-30), UInt8(bit))
            // The four least certain, in order.
            while place < 4 {
                if value < certainty[place] {
                    (certainty[place], value) = (value, certainty[place])
                    (weak[place], name) = (name, weak[place])
                }
                place += 1
            }
        }
        return (subprint, weak)
    }
}

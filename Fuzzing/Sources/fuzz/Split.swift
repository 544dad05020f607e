/// Where an input is cut. The cuts follow from the bytes, so that a finding repeats.
struct Split {
    private var state: UInt64

    init(_ bytes: [UInt8]) {
        // FNV-1a.
        state = bytes.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
    }

    /// The ends of the pieces of one input in eight, since what is measured once more takes twice the time.
    static func some(_ bytes: [UInt8], _ count: Int) -> [Int]? {
        var split = Split(bytes)
        let ends = split.ends(count)
        return split.next() & 7 == 0 ? ends : nil
    }

    /// The ends of the pieces, the last of them the end of all.
    mutating func ends(_ count: Int) -> [Int] {
        var ends: [Int] = []
        var end = 0
        // From single bytes to halves.
        let pieceMax = UInt64(max(1, count >> Int(next() % 6)))
        while end < count {
            end = min(count, end + 1 + Int(next() % pieceMax))
            ends.append(end)
        }
        return ends.isEmpty ? [0] : ends
    }

    /// SplitMix64.
    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = (state ^ (state >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}

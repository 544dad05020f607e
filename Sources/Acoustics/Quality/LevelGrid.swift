/// How far apart the values of a recording lie: a step of 16 bits, or more where it has fewer bits, was made louder after it had been
/// rounded, or has steps that grow with the level (ITU-T G.711).
///
/// Of n values that stand anywhere in an interval the nearest two are about its width over n² apart: a hundred samples tell.
struct LevelGrid: Sendable {
    /// The finest step that is looked for, of full scale.
    static let unit: Float = 1 / 32768
    private static let unitCount = 32768
    /// Quarters of octaves of magnitude, the first from a unit on, the last from full scale on.
    private static let quarterCount = 61
    /// Lower magnitudes are not looked at: no flat top is that low.
    private static let magnitudeMin: Float = 1 / 2048
    /// After so many samples in a quarter its step is known.
    private static let sampleCountMax = 128

    /// A bit for each value from -1 to 1 that has been seen in a quarter whose step is not known.
    private var seen = [UInt64](repeating: 0, count: 2 * unitCount / 64 + 1)
    /// The smallest step in each quarter, in units.
    private var steps = [Int](repeating: .max, count: quarterCount)
    private var sampleCounts = [Int](repeating: 0, count: quarterCount)
    /// A bit for each quarter whose step is known: it is one unit, or enough samples have come.
    private var known: UInt64 = 0

    /// Takes a sample; those within 1/2048 of zero and beyond full scale are passed over.
    @inline(__always)
    mutating func insert(_ sample: Float) {
        let magnitude = abs(sample)
        guard magnitude <= 1, magnitude >= Self.magnitudeMin else { return }
        let quarter = Self.quarter(magnitude)
        if known &>> UInt64(quarter) & 1 == 0 { look(sample, quarter) }
    }

    /// The step at a level and a little under it, of full scale: of all samples so far, so that it only falls; nil where there were no
    /// two of different values.
    func step(at level: Float) -> Float? {
        let quarter = Self.quarter(min(1, abs(level)))
        let smallest = steps[max(0, quarter - 2)...quarter].min() ?? .max
        return smallest == .max ? nil : Float(smallest) * Self.unit
    }

    @inline(never)
    private mutating func look(_ sample: Float, _ quarter: Int) {
        sampleCounts[quarter] += 1
        if sampleCounts[quarter] == Self.sampleCountMax { known |= 1 << UInt64(quarter) }
        let place = Int(sample * Float(Self.unitCount) + (Float(Self.unitCount) + 0.5))
        let bit: UInt64 = 1 << UInt64(place & 63)
        guard seen[place >> 6] & bit == 0 else { return }
        compare(place, nearest(below: place))
        compare(place, nearest(above: place))
        seen[place >> 6] |= bit
    }

    private mutating func compare(_ place: Int, _ neighbour: Int?) {
        guard let neighbour else { return }
        let (one, other) = (place - Self.unitCount, neighbour - Self.unitCount)
        // Both sides of zero need not have the same grid.
        guard one.signum() * other.signum() >= 0 else { return }
        // Where steps grow with the level, that of a pair belongs to the lower one.
        let quarter = Self.quarter(Float(min(one.magnitude, other.magnitude)) * Self.unit)
        steps[quarter] = min(steps[quarter], abs(one - other))
        if steps[quarter] == 1 { known |= 1 << UInt64(quarter) }
    }

    private func nearest(below place: Int) -> Int? {
        var word = place >> 6
        var bits = seen[word] & ((1 << UInt64(place & 63)) - 1)
        while bits == 0 {
            guard word > 0 else { return nil }
            word -= 1
            bits = seen[word]
        }
        return word << 6 + (63 - bits.leadingZeroBitCount)
    }

    private func nearest(above place: Int) -> Int? {
        var word = place >> 6
        var bits = seen[word] & ~(UInt64.max >> UInt64(63 - place & 63))
        while bits == 0 {
            guard word < seen.count - 1 else { return nil }
            word += 1
            bits = seen[word]
        }
        return word << 6 + bits.trailingZeroBitCount
    }

    /// The exponent and the first two binary places behind the point; of a magnitude of at most 1.
    @inline(__always)
    private static func quarter(_ magnitude: Float) -> Int {
        max(0, Int(magnitude.bitPattern >> 21) - Int(unit.bitPattern >> 21))
    }
}

/// Makes the names of requests: 75 random bits in 15 characters, which Swift keeps without an allocation.
struct RequestIdentities {
    private var state: UInt64 = SystemRandomNumberGenerator().seeded()
    private let base: UInt64 = SystemRandomNumberGenerator().seeded()

    mutating func next() -> String {
        let high = mix()
        let low = mix()
        return String(unsafeUninitializedCapacity: 15) { characters in
            for index in 0..<15 {
                let bits = index < 12 ? high >> UInt64(index * 5) : low >> UInt64((index - 12) * 5)
                characters[index] = Self.character(UInt8(truncatingIfNeeded: bits & 31))
            }
            return 15
        }
    }

    /// SplitMix64 (Steele, Lea, Flood 2014): names need to be unlike, not secret.
    private mutating func mix() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state ^ base
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }

    private static func character(_ value: UInt8) -> UInt8 { value < 10 ? 0x30 + value : 0x61 + value - 10 }
}

extension SystemRandomNumberGenerator {
    fileprivate func seeded() -> UInt64 {
        var generator = self
        return generator.next()
    }
}

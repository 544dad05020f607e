import Glibc

/// Samples out of few bytes, so that short inputs make long signals: pieces of seven bytes, and the first byte of all a
/// sample rate.
struct Signal {
    private(set) var samples: [Float] = []
    let kind: Kind

    struct Kind: Hashable {
        let sampleRateHz: Int
        let isInteger: Bool
    }

    /// Most signals are of two long frames, so that many can be tried; one in eight is of more than go through the transforms together.
    private static let shortCountMax = 1120
    private static let batchesCountMax = 3600
    private static let pieceByteCount = 7
    private static let rates = [4000, 8000, 11_025, 16_000, 22_050, 44_100, 48_000, 192_000]
    static let kinds =
        rates.map { Kind(sampleRateHz: $0, isInteger: true) } + rates.map { Kind(sampleRateHz: $0, isInteger: false) }

    /// One signal in 64 may have `longCountMax` samples.
    init?(_ bytes: [UInt8], longCountMax: Int) {
        guard bytes.count > Self.pieceByteCount else { return nil }
        kind = Self.kinds[Int(bytes[0] & 15)]
        let isLonger = bytes[0] >> 5 == 7
        let sampleCountMax =
            !isLonger ? Self.shortCountMax : bytes[1] & 7 == 7 ? longCountMax : Self.batchesCountMax
        var index = 1
        while index + Self.pieceByteCount <= bytes.count, samples.count < sampleCountMax {
            append(bytes[index..<index + Self.pieceByteCount], sampleCountMax - samples.count)
            index += Self.pieceByteCount
        }
    }

    /// Kind, length, period and any 32 bits, which are a level or the sample itself.
    private mutating func append(_ piece: ArraySlice<UInt8>, _ room: Int) {
        let piece = Array(piece)
        let count = min(room, 1 + Int(piece[1]) * Int(piece[1]) / 16)
        let period = 2 + Int(piece[2]) * 2
        let bits = piece[3...].reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
        let level = Float(bits >> 8) / 0x1p24
        let first = samples.count
        samples.append(contentsOf: repeatElement(0, count: count))
        samples.withUnsafeMutableBufferPointer { all in
            let new = UnsafeMutableBufferPointer(rebasing: all[first...])
            switch piece[0] % 9 {
            case 0: break
            case 1: Self.repeated(period, into: new) { level * sinf(2 * .pi * $0) }
            case 2: Self.repeated(period, into: new) { $0 == 0 ? level : 0 }
            case 3: Self.repeated(period, into: new) { $0 < 0.5 ? level : -level }
            case 4:
                var random = UInt64(bits) | 1
                for index in new.indices {
                    random = random &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                    new[index] = level * (Float(random >> 40) / 0x1p23 - 1)
                }
            case 5: Self.repeated(period, into: new) { level * (2 * $0 - 1) }
            // Any float at all, also those that are not finite.
            case 6: new.update(repeating: Float(bitPattern: bits))
            case 7: Self.repeated(period, into: new) { $0 == 0 ? Float(bitPattern: bits) : level }
            // Again what stood one period before.
            default: for index in first..<all.count { all[index] = index >= period ? all[index - period] : level }
            }
        }
    }

    /// A function of the phase, 0 up to 1, over and over again.
    @inline(__always)
    private static func repeated(_ period: Int, into new: UnsafeMutableBufferPointer<Float>, _ value: (Float) -> Float) {
        for index in 0..<min(period, new.count) { new[index] = value(Float(index) / Float(period)) }
        for index in new.indices.dropFirst(period) { new[index] = new[index - period] }
    }
}

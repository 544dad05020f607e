/// FLAC files of 16-bit mono samples that are not compressed (RFC 9639): no encoder is needed to make one.
enum VerbatimFLAC {
    private static let blockLength = 4096

    /// The samples of a WAV file, at most half a million.
    static func bytes(_ samples: [Int16], sampleRateHz: Int) -> [UInt8] {
        var bytes = Array("fLaC".utf8) + [0x80, 0, 0, 34] + streamInfo(samples.count, sampleRateHz)
        for (number, start) in stride(from: 0, to: samples.count, by: blockLength).enumerated() {
            bytes += frame(samples[start..<min(samples.count, start + blockLength)], number: number)
        }
        return bytes
    }

    private static func streamInfo(_ count: Int, _ sampleRateHz: Int) -> [UInt8] {
        // 20 bits of rate, 3 of channels less one, 5 of depth less one, 36 of length.
        let fields = UInt64(sampleRateHz) << 44 | UInt64(15) << 36 | UInt64(count)
        return big(UInt64(blockLength), 2) + big(UInt64(blockLength), 2) + big(0, 6) + big(fields, 8) + big(0, 16)
    }

    private static func frame(_ samples: ArraySlice<Int16>, number: Int) -> [UInt8] {
        precondition(number < 128, "One byte holds the number.")
        var bytes: [UInt8] = [0xFF, 0xF8, 0x70, 0x00, UInt8(number)] + big(UInt64(samples.count - 1), 2)
        bytes.append(UInt8(remainder(bytes, bits: 8, polynomial: 0x07)))
        bytes.append(0x02)
        for sample in samples { bytes += big(UInt64(UInt16(bitPattern: sample)), 2) }
        return bytes + big(UInt64(remainder(bytes, bits: 16, polynomial: 0x8005)), 2)
    }

    private static func remainder(_ bytes: [UInt8], bits: Int, polynomial: UInt32) -> UInt32 {
        var value: UInt32 = 0
        for byte in bytes {
            value ^= UInt32(byte) << (bits - 8)
            for _ in 0..<8 {
                let carries = value >> (bits - 1) & 1 == 1
                value = (value << 1 ^ (carries ? polynomial : 0)) & (1 << bits - 1)
            }
        }
        return value
    }

    private static func big(_ value: UInt64, _ byteCount: Int) -> [UInt8] {
        (0..<byteCount).map { index in
            let shift = 8 * (byteCount - 1 - index)
            return shift < 64 ? UInt8(truncatingIfNeeded: value >> UInt64(shift)) : 0
        }
    }
}

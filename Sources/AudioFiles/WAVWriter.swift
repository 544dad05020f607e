/// Samples as a WAV file of 16-bit PCM, mono.
public enum WAVWriter {
    /// The whole file. Samples beyond -1…1 are clipped, those that are not finite become 0; what a 16-bit file held before
    /// comes back unchanged. At most 2^31 bytes of sound.
    public static func bytes(_ samples: [Float], sampleRateHz: Int) -> [UInt8] {
        let dataByteCount = samples.count * 2
        precondition(dataByteCount <= 1 << 31 && (1...1 << 24).contains(sampleRateHz), "A WAV file can't hold this.")
        var bytes: [UInt8] = []
        bytes.reserveCapacity(44 + dataByteCount)
        bytes += "RIFF".utf8 + little(36 + dataByteCount, 4) + "WAVEfmt ".utf8 + little(16, 4)
        bytes +=
            little(1, 2) + little(1, 2) + little(sampleRateHz, 4) + little(sampleRateHz * 2, 4) + little(2, 2) + little(16, 2)
        bytes += "data".utf8 + little(dataByteCount, 4)
        for sample in samples {
            let scaled = sample.isFinite ? max(-32_768, min(32_767, (sample * 32_768).rounded())) : 0
            let value = UInt16(bitPattern: Int16(scaled))
            bytes.append(UInt8(truncatingIfNeeded: value))
            bytes.append(UInt8(value >> 8))
        }
        return bytes
    }

    private static func little(_ value: Int, _ byteCount: Int) -> [UInt8] {
        (0..<byteCount).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
    }
}

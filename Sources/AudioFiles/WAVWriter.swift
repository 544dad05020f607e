/// Samples as a WAV file of 16-bit PCM, mono.
public enum WAVWriter {
    public static func bytes(_ samples: [Float], sampleRateHz: Int) -> [UInt8] {
        let dataByteCount = samples.count * 2
        var bytes = Array("RIFF".utf8) + little(UInt32(36 + dataByteCount), 4) + Array("WAVEfmt ".utf8)
        bytes += little(16, 4) + little(1, 2) + little(1, 2) + little(UInt32(sampleRateHz), 4)
        bytes += little(UInt32(sampleRateHz * 2), 4) + little(2, 2) + little(16, 2)
        bytes += Array("data".utf8) + little(UInt32(dataByteCount), 4)
        bytes.reserveCapacity(bytes.count + dataByteCount)
        for sample in samples {
            let value = UInt16(bitPattern: Int16((max(-1, min(1, sample)) * 32_767).rounded()))
            bytes.append(UInt8(truncatingIfNeeded: value))
            bytes.append(UInt8(value >> 8))
        }
        return bytes
    }

    private static func little(_ value: UInt32, _ count: Int) -> [UInt8] {
        (0..<count).map { UInt8(truncatingIfNeeded: value >> (8 * UInt32($0))) }
    }
}

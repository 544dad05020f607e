import Crypto
import Domain

/// Hashes a recording's canonical samples, so that the same sound in another lossless file is known again.
///
/// Canonical are the means of the channels at 16 kHz as integers of 16 bits, little-endian: x × 32768, rounded to the
/// nearest and cut at full scale, from the first to the last one of a magnitude over 32 (-60 dB). FLAC, AIFF, WAV of more
/// bits or of equal channels, and silence added or cut at the end give the same; silence in front does too in files at
/// 16 kHz, but at other rates it shifts what the samples are computed from. Another rate, another level and lossy coders give
/// others, which is what prints are for.
struct CanonicalHasher: ~Copyable {
    /// Rises with whatever changes the canonical samples of a file.
    static let version: Int64 = 1

    private static let quietMax: UInt16 = 32
    /// Samples that wait for a louder one behind them: memory does not grow with a pause.
    private static let waitingCountMax = 32_768

    private var hash = SHA256()
    /// What is not hashed yet; it begins loud, or belongs to a pause.
    private var samples: [Int16] = []
    /// Behind the last loud one of them.
    private var loudEnd = 0
    /// What the digest was before a pause longer than may wait.
    private var digestBeforePause: [UInt8]?
    private var hasSound = false

    /// Takes samples at 16 kHz.
    mutating func append(_ block: [Float]) {
        for sample in block {
            let value = Self.integer(sample)
            if value.magnitude > Self.quietMax {
                hasSound = true
                digestBeforePause = nil
                samples.append(value.littleEndian)
                loudEnd = samples.count
            } else if hasSound {
                samples.append(value.littleEndian)
            }
        }
        if samples.count > Self.waitingCountMax { hashWaiting() }
    }

    /// Nil where nothing is louder than -60 dB.
    consuming func finish() -> CanonicalHash? {
        guard hasSound else { return nil }
        hash(first: loudEnd)
        return CanonicalHash(version: Self.version, sha256: Hex.encode(digestBeforePause ?? hash.digest()))
    }

    private mutating func hashWaiting() {
        hash(first: loudEnd)
        guard samples.count > Self.waitingCountMax else { return }
        digestBeforePause = digestBeforePause ?? hash.digest()
        hash(first: samples.count)
    }

    private mutating func hash(first count: Int) {
        samples.withUnsafeBytes { hash.update(UnsafeRawBufferPointer(rebasing: $0[..<(2 * count)])) }
        samples.removeFirst(count)
        loudEnd = 0
    }

    private static func integer(_ sample: Float) -> Int16 {
        guard sample.isFinite else { return 0 }
        // Rounded half away from zero; in a Double the half is added exactly.
        let scaled = Double(sample) * 32_768
        return Int16(max(-32_768, min(32_767, scaled + (scaled < 0 ? -0.5 : 0.5))))
    }
}

/// Samples of sound.
enum Sample {
    /// Beyond 120 dB over full scale nothing is sound, and squares begin to overflow.
    private static let limit: Float = 1e6

    /// The sample, with 0 for NaN and infinity, and cut at ±10⁶.
    @inline(__always)
    static func sane(_ sample: Float) -> Float {
        guard sample.isFinite else { return 0 }
        return min(limit, max(-limit, sample))
    }

    /// Appends a block's samples, each as `sane` has it.
    static func append(_ block: UnsafeBufferPointer<Float>, to samples: inout [Float]) {
        let first = samples.count
        samples.append(contentsOf: block)
        samples.withUnsafeMutableBytes { bytes in
            let inEights = first + (block.count & ~7)
            for index in stride(from: first, to: inEights, by: 8) {
                let eight = bytes.loadUnaligned(fromByteOffset: 4 * index, as: SIMD8<Float>.self)
                let isFinite = (eight - eight) .== 0
                let cut = eight.larger(SIMD8(repeating: -limit)).smaller(SIMD8(repeating: limit))
                bytes.storeBytes(
                    of: SIMD8<Float>.zero.replacing(with: cut, where: isFinite), toByteOffset: 4 * index, as: SIMD8<Float>.self)
            }
            let rest = bytes.bindMemory(to: Float.self)[inEights...]
            for index in rest.indices { bytes.storeBytes(of: sane(rest[index]), toByteOffset: 4 * index, as: Float.self) }
        }
    }
}

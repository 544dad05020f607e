/// How uncompressed samples lie in a file.
struct SampleLayout: Equatable {
    enum Encoding: Equatable {
        /// 128 is silence.
        case unsignedByte
        /// Two's complement, the upper bits first to count; 2 to 8 bytes.
        case integer(byteCount: Int)
        /// Two's complement in the lower three of four bytes.
        case low24
        /// IEEE 754, 4 bytes.
        case float
        /// IEEE 754, 8 bytes.
        case double
    }

    let encoding: Encoding
    let isBigEndian: Bool
    let channelCount: Int

    var sampleByteCount: Int {
        switch encoding {
        case .unsignedByte: 1
        case .integer(let byteCount): byteCount
        case .low24, .float: 4
        case .double: 8
        }
    }

    var frameByteCount: Int { sampleByteCount * channelCount }

    /// Appends the samples of all whole frames as they lie there; full scale is -1…1. Floats that are not finite become 0.
    func appendSamples(of bytes: UnsafeRawBufferPointer, to buffer: inout [Float]) {
        switch encoding {
        case .unsignedByte: append(bytes, step: 1, to: &buffer) { (Float(bytes[$0]) - 128) / 128 }
        case .integer(2) where !isBigEndian:
            append(bytes, step: 2, to: &buffer) {
                Float(Int16(littleEndian: bytes.loadUnaligned(fromByteOffset: $0, as: Int16.self))) / 32_768
            }
        case .integer(let byteCount):
            let shift = UInt64(64 - 8 * byteCount)
            append(bytes, step: byteCount, to: &buffer) { Float(Int64(bitPattern: pattern(bytes, $0) << shift)) * 0x1p-63 }
        case .low24: append(bytes, step: 4, to: &buffer) { Float(Int64(bitPattern: pattern(bytes, $0) << 40)) * 0x1p-63 }
        case .float: append(bytes, step: 4, to: &buffer) { Float(bitPattern: UInt32(truncatingIfNeeded: pattern(bytes, $0))) }
        case .double: append(bytes, step: 8, to: &buffer) { Float(Double(bitPattern: pattern(bytes, $0))) }
        }
    }

    /// - Parameters:
    ///   - step: the bytes of a sample.
    ///   - sample: the sample at an offset.
    @inline(__always)
    private func append(_ bytes: UnsafeRawBufferPointer, step: Int, to buffer: inout [Float], _ sample: (Int) -> Float) {
        let (first, count) = (buffer.count, bytes.count / frameByteCount * channelCount)
        buffer.append(contentsOf: repeatElement(0, count: count))
        buffer.withUnsafeMutableBufferPointer { buffer in
            for index in 0..<count {
                let value = sample(index * step)
                buffer[first + index] = value.isFinite ? value : 0
            }
        }
    }

    /// The bytes of the sample at an offset, the least significant one lowest.
    @inline(__always)
    private func pattern(_ bytes: UnsafeRawBufferPointer, _ offset: Int) -> UInt64 {
        var pattern: UInt64 = 0
        let count = sampleByteCount
        for index in 0..<count {
            pattern = pattern << 8 | UInt64(bytes[offset + (isBigEndian ? index : count - 1 - index)])
        }
        return pattern
    }
}

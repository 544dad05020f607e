/// Writes AIFF files of 16 bits, mono, 8 kHz.
struct AIFFFile {
    /// The coder's name in a compressed file; nil for plain AIFF.
    var coder: String?
    var data: [UInt8] = [0x40, 0, 0xC0, 0]

    var bytes: [UInt8] {
        // 8000 Hz as an 80-bit float.
        var common = big(1, 2) + big(data.count / 2, 4) + big(16, 2) + [0x40, 0x0B, 0xFA, 0, 0, 0, 0, 0, 0, 0]
        if let coder { common += Array(coder.utf8) + [0, 0] }
        var body = Array((coder == nil ? "AIFF" : "AIFC").utf8)
        body += Array("COMM".utf8) + big(common.count, 4) + common
        body += Array("SSND".utf8) + big(data.count + 8, 4) + big(0, 8) + data
        return Array("FORM".utf8) + big(body.count, 4) + body
    }

    private func big(_ value: Int, _ byteCount: Int) -> [UInt8] {
        (0..<byteCount).reversed().map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
    }
}

/// Writes WAV files as they should be, and as they should not.
struct WAVFile {
    var riff = "RIFF"
    var tag = 1
    var channelCount = 1
    var sampleRateHz = 16_000
    var bitsPerSample = 16
    var blockAlign: Int?
    /// The extension's valid bits and the subformat's tag.
    var extensible: (validBits: Int, tag: Int)?
    var chunksBeforeData: [(name: String, body: [UInt8], isPadded: Bool)] = []
    var chunksAfterData: [UInt8] = []
    var data: [UInt8] = []
    /// What the data chunk claims, where that is not the truth.
    var claimedDataByteCount: Int?

    var bytes: [UInt8] {
        let format = formatChunk
        var body = Array("WAVE".utf8) + Array("fmt ".utf8) + number(format.count, 4) + format
        for chunk in chunksBeforeData {
            body += Array(chunk.name.utf8) + number(chunk.body.count, 4) + chunk.body
            if chunk.isPadded, chunk.body.count % 2 == 1 { body.append(0) }
        }
        body += Array("data".utf8) + number(claimedDataByteCount ?? data.count, 4) + data + chunksAfterData
        return Array(riff.utf8) + number(riff == "RF64" || riff == "BW64" ? 0xFFFF_FFFF : body.count, 4) + body
    }

    /// An integer in the file's byte order.
    func number(_ value: Int, _ byteCount: Int) -> [UInt8] {
        let little = (0..<byteCount).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
        return riff == "RIFX" ? little.reversed() : little
    }

    private var formatChunk: [UInt8] {
        let align = blockAlign ?? channelCount * ((bitsPerSample + 7) / 8)
        var chunk = number(extensible == nil ? tag : 0xFFFE, 2) + number(channelCount, 2) + number(sampleRateHz, 4)
        chunk += number(sampleRateHz * align, 4) + number(align, 2) + number(bitsPerSample, 2)
        if let extensible {
            chunk += number(22, 2) + number(extensible.validBits, 2) + number(0, 4) + number(extensible.tag, 4)
            chunk += number(0, 2) + number(0x10, 2) + [0x80, 0, 0, 0xAA, 0, 0x38, 0x9B, 0x71]
        }
        return chunk
    }
}

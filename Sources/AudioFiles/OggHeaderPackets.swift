/// The first packets of an Ogg file of one stream (RFC 3533 section 6), as strictly as the decoder takes them: pages follow one
/// another without gaps, their numbers and checksums are right. So these packets are those that the decoder sees.
struct OggHeaderPackets {
    private(set) var packets: [[UInt8]] = []
    private var packet: [UInt8] = []
    private var isPacketOpen = false
    private var firstHead: [UInt8] = []

    /// - Parameter byteCountMax: how many bytes of the file are looked at.
    init(_ file: FileBytes, count: Int, byteCountMax: Int64) throws(AudioFileError) {
        var offset: Int64 = 0
        var number: UInt32 = 0
        while packets.count < count {
            let head = try file.read(at: offset, count: 27 + 255)
            guard offset < byteCountMax else { throw DecoderInput.refusal(byteCountMax: byteCountMax) }
            guard head.count >= 27, head.count >= 27 + Int(head[26]) else { throw Self.damage }
            let lengths = head[27..<(27 + Int(head[26]))]
            let byteCount = lengths.reduce(lengths.endIndex) { $0 + Int($1) }
            let page = try file.read(at: offset, count: byteCount)
            guard page.count == byteCount, isNext(page, number) else { throw Self.damage }
            append(page, lengths)
            offset += Int64(byteCount)
            number += 1
        }
    }

    private static let damage = AudioFileError.malformed("its header can't be read")

    /// Whether the page is the next one of the first page's stream, and goes on with a packet where one is open.
    private mutating func isNext(_ page: [UInt8], _ number: UInt32) -> Bool {
        if firstHead.isEmpty { firstHead = Array(page.prefix(27)) }
        let firstNumber = UInt32(bytes: firstHead[18..<22], isBigEndian: false)
        return page.starts(with: "OggS\0".utf8) && page[14..<18] == firstHead[14..<18] && (page[5] & 1 == 1) == isPacketOpen
            && UInt32(bytes: page[18..<22], isBigEndian: false) == firstNumber &+ number
            && UInt32(bytes: page[22..<26], isBigEndian: false) == Self.checksum(page)
    }

    private mutating func append(_ page: [UInt8], _ lengths: ArraySlice<UInt8>) {
        var start = lengths.endIndex
        for length in lengths {
            packet += page[start..<(start + Int(length))]
            start += Int(length)
            isPacketOpen = length == 255
            guard !isPacketOpen else { continue }
            packets.append(packet)
            packet = []
        }
    }

    /// The page's checksum, with zeros in its own place.
    private static func checksum(_ page: [UInt8]) -> UInt32 {
        var sum: UInt32 = 0
        for (index, byte) in page.enumerated() {
            sum = sum << 8 ^ table[Int(sum >> 24) ^ Int((22..<26).contains(index) ? 0 : byte)]
        }
        return sum
    }

    private static let table: [UInt32] = (0..<256).map { byte in
        (0..<8).reduce(UInt32(byte) << 24) { sum, _ in sum << 1 ^ (sum >> 31 == 1 ? 0x04C1_1DB7 : 0) }
    }
}

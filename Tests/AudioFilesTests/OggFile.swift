/// Writes Ogg files (RFC 3533) out of the tones, each packet on pages of its own.
struct OggFile {
    var packets: [[UInt8]]
    /// Whether the last page says that it is the last.
    var hasEnd = true
    private let headerCount: Int
    /// What the page of each packet of sound counts up by, less the first packet where that gives no samples, and the end.
    private let (samplesInPacket, silentPacketCount, sampleCount): (Int, Int, Int)

    static var vorbis: OggFile { OggFile(Tones.vorbis, headerCount: 3, samplesInPacket: 256, silentPacketCount: 1, 4000) }
    static var opus: OggFile { OggFile(Tones.opus, headerCount: 2, samplesInPacket: 960, silentPacketCount: 0, 24_312) }

    private init(
        _ file: [UInt8], headerCount: Int, samplesInPacket: Int, silentPacketCount: Int, _ sampleCount: Int
    ) {
        packets = Self.packets(of: file)
        self.headerCount = headerCount
        (self.samplesInPacket, self.silentPacketCount, self.sampleCount) = (samplesInPacket, silentPacketCount, sampleCount)
    }

    /// Puts one comment of this length into the second header.
    mutating func comment(byteCount: Int) {
        let (name, end): ([UInt8], [UInt8]) = headerCount == 3 ? ([3] + "vorbis".utf8, [1]) : (Array("OpusTags".utf8), [])
        let comment = "A=".utf8 + [UInt8](repeating: 0x62, count: byteCount - 2)
        packets[1] = name + little(0, 4) + little(1, 4) + little(byteCount, 4) + comment + end
    }

    var bytes: [UInt8] {
        var bytes: [UInt8] = []
        var number = 0
        for (index, packet) in packets.enumerated() {
            let isLast = index == packets.count - 1
            let lengths = [UInt8](repeating: 255, count: packet.count / 255) + [UInt8(packet.count % 255)]
            for first in stride(from: 0, to: lengths.count, by: 255) {
                let part = lengths[first..<min(first + 255, lengths.count)]
                let isPacketEnd = part.endIndex == lengths.count
                let flags: UInt8 = (first > 0 ? 1 : 0) | (number == 0 ? 2 : 0) | (isLast && isPacketEnd && hasEnd ? 4 : 0)
                let body = packet[(first * 255)...].prefix(part.reduce(0) { $0 + Int($1) })
                bytes += page(flags, isPacketEnd ? position(index) : -1, number, Array(part), body)
                number += 1
            }
        }
        return bytes
    }

    /// How many samples there are once a packet is decoded.
    private func position(_ index: Int) -> Int {
        min(sampleCount, max(0, index + 1 - headerCount - silentPacketCount) * samplesInPacket)
    }

    private func page(
        _ flags: UInt8, _ position: Int, _ number: Int, _ lengths: [UInt8], _ body: ArraySlice<UInt8>
    ) -> [UInt8] {
        var page = "OggS".utf8 + [0, flags] + little(position, 8) + little(7, 4) + little(number, 4) + little(0, 4)
        page += [UInt8(lengths.count)] + lengths + body
        page.replaceSubrange(22..<26, with: little(Int(Self.checksum(page)), 4))
        return page
    }

    private func little(_ value: Int, _ byteCount: Int) -> [UInt8] {
        (0..<byteCount).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
    }

    private static func packets(of file: [UInt8]) -> [[UInt8]] {
        var packets: [[UInt8]] = []
        var packet: [UInt8] = []
        var page = 0
        while page < file.count {
            let lengths = file[(page + 27)...].prefix(Int(file[page + 26]))
            page = lengths.endIndex
            for length in lengths {
                packet += file[page..<page + Int(length)]
                page += Int(length)
                guard length < 255 else { continue }
                packets.append(packet)
                packet = []
            }
        }
        return packets
    }

    private static func checksum(_ page: [UInt8]) -> UInt32 {
        page.reduce(0) { $0 << 8 ^ table[Int($0 >> 24) ^ Int($1)] }
    }

    private static let table = (0..<256).map { byte in
        (0..<8).reduce(UInt32(byte) << 24) { sum, _ in sum << 1 ^ (sum >> 31 == 1 ? 0x04C1_1DB7 : 0) }
    }
}

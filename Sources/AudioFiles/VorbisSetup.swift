/// The codebooks in the third header of a Vorbis stream (Vorbis I specification, section 3.2.1). A few bytes can claim books of
/// millions of entries, for which the decoder takes memory without end, on the stack too.
struct VorbisSetup {
    /// Entries of a book; coders have at most 6561.
    private static let entryCountMax = 16_384
    /// Numbers of all books; coders have at most some 60,000.
    private static let valueCountMax = 1 << 20

    private let bytes: [UInt8]
    /// Behind the type and the name of the header, in bits.
    private var position = 56
    private var valueCount = 0

    /// Refuses what no coder makes.
    static func check(_ file: FileBytes, byteCountMax: Int64) throws(AudioFileError) {
        var setup = VorbisSetup(bytes: try OggHeaderPackets(file, count: 3, byteCountMax: byteCountMax).packets[2])
        for _ in 0...(try setup.number(8)) { try setup.passBook() }
    }

    private init(bytes: [UInt8]) { self.bytes = bytes }

    private mutating func passBook() throws(AudioFileError) {
        guard try number(24) == 0x56_4342 else { throw .malformed("its tables can't be read") }
        let dimensionCount = try number(16)
        let entryCount = try number(24)
        valueCount += entryCount * max(1, dimensionCount)
        guard entryCount <= Self.entryCountMax, valueCount <= Self.valueCountMax else {
            throw .malformed("its tables are larger than any coder's")
        }
        try passLengths(entryCount)
        try passValues(dimensionCount, entryCount)
    }

    private mutating func passLengths(_ entryCount: Int) throws(AudioFileError) {
        guard try number(1) == 0 else {
            var left = entryCount
            _ = try number(5)
            for _ in 0..<32 where left > 0 { left -= try number(Int.bitWidth - left.leadingZeroBitCount) }
            guard left == 0 else { throw .malformed("its tables can't be read") }
            return
        }
        let isSparse = try number(1) == 1
        for _ in 0..<entryCount {
            if isSparse, try number(1) == 0 { continue }
            _ = try number(5)
        }
    }

    private mutating func passValues(_ dimensionCount: Int, _ entryCount: Int) throws(AudioFileError) {
        let kind = try number(4)
        guard kind != 0 else { return }
        guard kind <= 2 else { throw .malformed("its tables can't be read") }
        position += 64
        let bitCount = try number(4) + 1
        position += 1
        let count = kind == 2 ? entryCount * dimensionCount : Self.root(of: entryCount, dimensionCount)
        position += count * bitCount
    }

    /// The greatest number whose power is no more than the entries.
    private static func root(of entryCount: Int, _ power: Int) -> Int {
        guard power > 0, entryCount > 0 else { return 0 }
        func isWithin(_ number: Int) -> Bool {
            var product = 1
            for _ in 0..<power where product <= entryCount && number > 1 { product *= number }
            return product <= entryCount
        }
        return (1...entryCount).first { !isWithin($0 + 1) } ?? 0
    }

    /// The next bits, the lowest first.
    private mutating func number(_ bitCount: Int) throws(AudioFileError) -> Int {
        guard position + bitCount <= 8 * bytes.count else { throw .malformed("its tables can't be read") }
        var value = 0
        for bit in 0..<bitCount {
            value |= Int(bytes[(position + bit) / 8] >> UInt8((position + bit) % 8) & 1) << bit
        }
        position += bitCount
        return value
    }
}

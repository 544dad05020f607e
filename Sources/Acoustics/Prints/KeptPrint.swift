/// Every fourth sub-print of a print: neighbours share most of their window, so that the rest adds little. About 84 bytes
/// a second of speech.
public struct KeptPrint: Hashable, Sendable {
    /// One for every 48 ms; 0 where nothing was said.
    public let subprints: [UInt32]

    package init(subprints: [UInt32]) { self.subprints = subprints }

    /// The sub-prints one behind the other, the lowest byte first.
    public var bytes: [UInt8] {
        subprints.flatMap { word in (0..<4).map { UInt8(truncatingIfNeeded: word >> (8 * $0)) } }
    }

    /// Reads `bytes` again; nil where their count can't be that of a print.
    public init?(bytes: some Collection<UInt8>) {
        guard !bytes.isEmpty, bytes.count % 4 == 0, bytes.count <= 4 * PrintGrid.keptCountMax else { return nil }
        var words: [UInt32] = []
        words.reserveCapacity(bytes.count / 4)
        var word: UInt32 = 0
        for (index, byte) in bytes.enumerated() {
            word |= UInt32(byte) << (8 * UInt32(index % 4))
            guard index % 4 == 3 else { continue }
            words.append(word)
            word = 0
        }
        subprints = words
    }
}

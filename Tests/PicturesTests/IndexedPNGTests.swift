import Pictures
import Testing

@Suite struct IndexedPNGTests {
    /// A picture of two pixels whose bytes another writer of PNG made.
    @Test func `a small picture has the bytes of the standard`() {
        let bytes = IndexedPNG.bytes(width: 2, height: 1, pixels: [0, 1], palette: [(255, 0, 0), (0, 0, 255)])
        #expect(Array(bytes[0..<8]) == [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A])
        // The check sum of an end chunk is the same in every PNG.
        #expect(Array(bytes.suffix(12)) == [0, 0, 0, 0, 0x49, 0x45, 0x4E, 0x44, 0xAE, 0x42, 0x60, 0x82])
        #expect(Array(bytes[16..<24]) == [0, 0, 0, 2, 0, 0, 0, 1])
        // One stored block of a filter byte and two pixels, and Adler's sum: 1 + 0 + 0 + 1, and the sums of the sums.
        let stream = Array(bytes.suffix(12 + 4 + 14)[...].prefix(14))
        #expect(stream == [0x78, 0x01, 1, 3, 0, 0xFC, 0xFF, 0, 0, 1, 0, 4, 0, 2])
    }

    @Test func `large pictures have several blocks`() {
        let count = 400 * 300
        let bytes = IndexedPNG.bytes(
            width: 400, height: 300, pixels: [UInt8](repeating: 3, count: count),
            palette: [(0, 0, 0), (1, 1, 1), (2, 2, 2), (3, 3, 3)])
        #expect(bytes.count > count + 300 && bytes.count < count + 600)
    }
}

import HTTP
import Testing

@Suite struct ByteRangeTests {
    @Test(arguments: [
        ("bytes=0-0", ByteRange.part(offset: 0, byteCount: 1)), ("bytes=2-4", .part(offset: 2, byteCount: 3)),
        ("bytes=7-", .part(offset: 7, byteCount: 3)), ("bytes=7-99", .part(offset: 7, byteCount: 3)),
        ("bytes=-3", .part(offset: 7, byteCount: 3)), ("bytes=-99", .part(offset: 0, byteCount: 10)),
        ("Bytes=1-1", .part(offset: 1, byteCount: 1)), ("bytes=1-99999999999999999999", .part(offset: 1, byteCount: 9)),
        ("bytes=10-", .unsatisfiable), ("bytes=-0", .unsatisfiable), ("bytes=99999999999999999999-", .unsatisfiable),
        ("bytes=4-2", .ignored), ("bytes=-", .ignored), ("bytes=a-b", .ignored), ("bytes=1-2,4-5", .ignored),
        ("lines=1-2", .ignored), ("bytes=+1-2", .ignored), ("bytes 1-2", .ignored), ("", .ignored),
    ]) func `RFC 9110 section 14.1.2: a range of ten bytes`(_ value: String, _ expected: ByteRange) {
        #expect(ByteRange(value, of: 10) == expected)
    }

    @Test func `nothing of an empty body can be satisfied`() {
        #expect(ByteRange("bytes=0-", of: 0) == .unsatisfiable)
        #expect(ByteRange("bytes=-1", of: 0) == .unsatisfiable)
    }
}

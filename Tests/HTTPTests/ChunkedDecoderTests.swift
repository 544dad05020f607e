import HTTP
import TestSupport
import Testing

/// Decodes `text` in pieces that end at these offsets.
private func decode(_ bytes: [UInt8], ends: [Int]) throws(RequestFailure) -> (content: String, trailers: Fields, used: Int)? {
    var decoder = ChunkedDecoder()
    var content: [UInt8] = []
    var position = 0
    for end in ends {
        let piece = bytes.span.extracting(0..<end)
        reading: while true {
            switch try decoder.next(piece, at: &position) {
            case .bytes(let range): content += bytes[range]
            case .needsMore: break reading
            case .end: return (String(decoding: content, as: UTF8.self), decoder.trailers, position)
            }
        }
    }
    return nil
}

private func decode(_ text: String) throws(RequestFailure) -> (content: String, trailers: Fields, used: Int)? {
    try decode(Array(text.utf8), ends: [text.utf8.count])
}

@Suite struct ChunkedDecoderTests {
    @Test func `chunks are joined and trailers read`() throws {
        let text = "4\r\nWiki\r\n0A;a;b=c;d=\"e\\\"f\"\r\n0123456789\r\n000\r\nX: y\r\n\r\nGET"
        let body = try #require(try decode(text))
        #expect(body.content == "Wiki0123456789")
        #expect(body.trailers["x"] == "y")
        #expect(body.used == text.utf8.count - 3)
    }

    @Test(arguments: [
        "\r\n", "x\r\n", "-1\r\n", "0x1\r\n", " 1\r\na", "1 \r\na", "1\na\r\n0\r\n\r\n", "1\r\nab\r\n", "1\r\na\n0\r\n\r\n",
        "1\r\na\r0\r\n\r\n", "FFFFFFFFFFFFFFFF\r\n", "10000000000000000\r\n", "1;\r\na", "1;=a\r\n", "1;a=\r\n", "1;a=\"b\r\n",
        "1;a b\r\n", "1;a=\"\u{01}\"\r\n", "1;a\n", "0\r\nX : y\r\n\r\n", "0\r\n X: y\r\n\r\n", "0\r\nX: y\n\r\n",
        "1;" + String(repeating: "a", count: 2000) + "\r\n",
    ]) func `RFC 9112 section 7.1: broken framing is 400`(_ text: String) {
        #expect(throws: RequestFailure.self) { try decode(text) }
        do { _ = try decode(text) } catch { #expect(error.status == 400) }
    }

    @Test func `trailers beyond the limit are 431`() {
        let text = "0\r\nX: " + String(repeating: "a", count: 20_000)
        do {
            _ = try decode(text)
            Issue.record("not refused")
        } catch {
            #expect(error.status == 431)
        }
    }

    @Test func `extensions cannot make up a body`() {
        let text = String(repeating: "1;aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\r\nx\r\n", count: 1000)
        #expect(throws: RequestFailure.self) { try decode(text) }
    }

    @Test func `any split gives the same body`() throws {
        var random = SeededRandom(seed: 3)
        for _ in 0..<200 {
            var text: [UInt8] = []
            var content: [UInt8] = []
            for _ in 0..<Int.random(in: 0...5, using: &random) {
                let chunk = (0..<Int.random(in: 1...40, using: &random)).map { _ in UInt8.random(in: 32...126, using: &random) }
                text += ChunkEncoding.sizeLine(chunk.count) + chunk + ChunkEncoding.lineEnd
                content += chunk
            }
            text += ChunkEncoding.end
            var ends = (0..<Int.random(in: 0...9, using: &random)).map { _ in Int.random(in: 0...text.count, using: &random) }
            ends = ends.sorted() + [text.count]
            let body = try #require(try decode(text, ends: ends))
            #expect(Array(body.content.utf8) == content)
            #expect(body.used == text.count)
        }
    }
}

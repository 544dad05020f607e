import HTTP
import Testing

@Suite struct ResponseHeadTests {
    private func text(
        _ status: Int, _ fields: Fields = Fields(), framing: ResponseFraming = .length(3),
        persistence: ResponseHead.Persistence = .silent
    ) -> String {
        var bytes: [UInt8] = []
        ResponseHead(
            status: status, fields: fields, framing: framing, persistence: persistence, date: "D", requestID: "I"
        ).append(to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    @Test func `a head has status, date, framing, name and fields in this order`() {
        #expect(
            text(200, Fields(["A": "b"])) == "HTTP/1.1 200 OK\r\nDate: D\r\nContent-Length: 3\r\nX-Request-Id: I\r\nA: b\r\n\r\n")
        #expect(text(200, framing: .chunked).contains("\r\nTransfer-Encoding: chunked\r\n"))
        #expect(text(204, framing: .bodiless) == "HTTP/1.1 204 No Content\r\nDate: D\r\nX-Request-Id: I\r\n\r\n")
        #expect(text(200, persistence: .close).contains("\r\nConnection: close\r\n"))
        #expect(text(299).hasPrefix("HTTP/1.1 299 \r\n"))
    }

    @Test func `the application cannot set framing, connection or date`() {
        let fields = Fields([
            "content-length": "9", "Transfer-Encoding": "x", "Connection": "x", "Date": "x", "x-request-id": "x",
        ])
        #expect(text(200, fields) == text(200))
    }

    @Test func `no value begins a second line`() {
        let head = text(200, Fields(["A": "b\r\nSet-Cookie: c", "Bad Name": "x", "B\r\nC": "x"]))
        #expect(head.contains("A: b  Set-Cookie: c\r\n"))
        #expect(!head.contains("Bad Name"))
        #expect(!head.contains("C: x"))
    }

    @Test func `RFC 9112 section 6.3: what has which framing`() {
        #expect(ResponseFraming(of: Response(status: 204, body: .bytes([1])), isVersion10: false) == .bodiless)
        #expect(ResponseFraming(of: Response(status: 304), isVersion10: false) == .bodiless)
        #expect(ResponseFraming(of: Response(status: 200), isVersion10: false) == .length(0))
        #expect(ResponseFraming(of: Response(status: 200, body: .bytes([1])), isVersion10: false) == .length(1))
        let events = Response(status: 200, body: .events { _ in {} })
        #expect(ResponseFraming(of: events, isVersion10: false) == .chunked)
        #expect(ResponseFraming(of: events, isVersion10: true) == .untilClose)
    }
}

import Foundation
import HTTP
import Server
import TestSupport
import Testing

/// Bodies that are read straight to where their receivers find them.
@Suite(.serialized) struct LongBodyTests {
    private static let plan: @Sendable (Request) -> Plan = { _ in .receive(byteCountMax: 1 << 30, EchoReceiver()) }

    /// No two places of a body look the same.
    private static func body(_ byteCount: Int, seed: UInt64) -> [UInt8] {
        var random = SeededRandom(seed: seed)
        return (0..<byteCount).map { _ in UInt8.random(in: 0...255, using: &random) }
    }

    @Test(arguments: [65_535, 65_536, 65_537, 524_287, 524_288, 589_825, 3_000_000])
    func `every byte comes, in its place, and the next request is found behind them`(byteCount: Int) throws {
        try withServer(plan: Self.plan) { _, port in
            let client = try Client(port: port)
            var random = SeededRandom(seed: UInt64(byteCount))
            for seed in 1...3 as ClosedRange<UInt64> {
                let body = Self.body(byteCount, seed: seed)
                var rest = (Array("PUT / HTTP/1.1\r\nHost: a\r\nContent-Length: \(byteCount)\r\n\r\n".utf8) + body)[...]
                rest += Array("PUT / HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\n\r\nnext".utf8)
                while !rest.isEmpty {
                    let count = min(rest.count, .random(in: 1...200_000, using: &random))
                    try client.send(Array(rest.prefix(count)))
                    rest = rest.dropFirst(count)
                }
                #expect(try client.reply().body == body)
                #expect(try client.reply().text == "next")
            }
        }
    }

    @Test func `the same in chunks`() throws {
        try withServer(plan: Self.plan) { _, port in
            let body = Self.body(2_000_000, seed: 4)
            var bytes = Array("PUT / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n".utf8)
            var rest = body[...]
            while !rest.isEmpty {
                let chunk = rest.prefix(300_001)
                bytes += Array("\(String(chunk.count, radix: 16))\r\n".utf8) + chunk + Array("\r\n".utf8)
                rest = rest.dropFirst(chunk.count)
            }
            let client = try Client(port: port)
            try client.send(bytes + Array("0\r\n\r\n".utf8))
            #expect(try client.reply().body == body)
        }
    }

    @Test func `the same over TLS`() throws {
        try TLSTests.withTLS(plan: Self.plan) { _, certificate, port in
            let body = Self.body(3_000_000, seed: 5)
            let file = certificate + ".body"
            try Data(body).write(to: URL(fileURLWithPath: file))
            let answer = try Child.bytes(
                "curl",
                [
                    "-sS", "--max-time", "60", "--cacert", certificate, "-X", "PUT", "--data-binary", "@\(file)",
                    "https://127.0.0.1:\(port)/",
                ])
            #expect(answer.output == body)
        }
    }
}

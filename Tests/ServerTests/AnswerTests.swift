import Dispatch
import Foundation
import HTTP
import Server
import Synchronization
import Testing

/// Counts down, ten thousand bytes a time.
private final class Countdown: ContentSequence {
    private let left: Mutex<Int>
    private let failsAt: Int

    init(_ count: Int, failsAt: Int = .min) {
        left = Mutex(count)
        self.failsAt = failsAt
    }

    func next() throws -> [UInt8]? {
        let left = left.withLock { left in
            left -= 1
            return left
        }
        if left == failsAt { throw CancellationError() }
        return left < 0 ? nil : [UInt8](repeating: UInt8(truncatingIfNeeded: left), count: 10_000)
    }
}

/// A megabyte whose bytes tell their offset.
private struct Megabyte: SeekableContent {
    let byteCount: Int64 = 1 << 20

    func read(at offset: Int64, count: Int) throws -> [UInt8] {
        (offset..<min(byteCount, offset + Int64(min(count, 70_000)))).map { UInt8(truncatingIfNeeded: $0 / 251) }
    }
}

@Suite(.serialized) struct AnswerTests {
    private func withFile(_ body: (String, [UInt8]) throws -> Void) throws {
        let url = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        let bytes = (0..<3_000_000).map { UInt8(truncatingIfNeeded: $0 / 7) }
        try Data(bytes).write(to: url)
        defer { try? FileManager.default.removeItem(at: url) }
        try body(url.path, bytes)
    }

    @Test func `a file is sent whole, in part, and not at all for HEAD`() throws {
        try withFile { path, bytes in
            let plan: @Sendable (Request) -> Plan = { request in
                let answer = Response(
                    status: 200, fields: Fields(["ETag": "\"f\""]), body: .file(path: path, offset: 0, byteCount: 3_000_000))
                return request.path == "/run" ? .run { answer } : .answer(answer)
            }
            try withServer(plan: plan) { _, port in
                let client = try Client(port: port)
                #expect(try client.exchange("GET", "/").body == bytes)
                #expect(try client.exchange("GET", "/run").body == bytes)
                let part = try client.exchange("GET", "/", "Range: bytes=1000000-1999999\r\n")
                #expect(part.status == 206)
                #expect(part.field("Content-Range") == "bytes 1000000-1999999/3000000")
                #expect(part.body == Array(bytes[1_000_000..<2_000_000]))
                #expect(try client.exchange("HEAD", "/").field("Content-Length") == "3000000")
                #expect(try client.exchange("GET", "/", "If-None-Match: \"f\"\r\n").status == 304)
            }
        }
    }

    @Test func `a file that is missing or too short is 500`() throws {
        let plan: @Sendable (Request) -> Plan = { _ in
            .answer(Response(status: 200, body: .file(path: "/does/not/exist", offset: 0, byteCount: 10)))
        }
        try withServer(plan: plan) { _, port in
            let client = try Client(port: port)
            #expect(try client.exchange("GET", "/").status == 500)
        }
    }

    @Test func `no file is left open, however its answer ends`() throws {
        try withFile { path, _ in
            let plan: @Sendable (Request) -> Plan = { request in
                let byteCount: Int64 = request.path == "/beyond" ? 3_000_001 : 3_000_000
                return .answer(Response(status: 200, body: .file(path: path, offset: 0, byteCount: byteCount)))
            }
            try withServer(plan: plan) { _, port in
                for round in 0..<60 {
                    let client = try Client(port: port, receiveBufferByteCount: 4096)
                    if round.isMultiple(of: 3) {
                        #expect(try client.exchange("GET", "/beyond").status == 500)
                    } else {
                        try client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
                        if round.isMultiple(of: 2) { _ = try client.take(1000) }
                        client.reset()
                    }
                }
                #expect(try Descriptors.eventually { try Descriptors.count(of: path) == 0 })
            }
        }
    }

    @Test func `content made on demand is sent whole and in part`() throws {
        let plan: @Sendable (Request) -> Plan = { _ in
            let tag = Fields(["ETag": "\"m\""])
            return .answer(Response(status: 200, fields: tag, body: .content(Megabyte(), offset: 0, byteCount: 1 << 20)))
        }
        try withServer(plan: plan) { _, port in
            let client = try Client(port: port)
            let whole = (0..<1 << 20).map { UInt8(truncatingIfNeeded: $0 / 251) }
            #expect(try client.exchange("GET", "/").body == whole)
            #expect(try client.exchange("GET", "/", "Range: bytes=-100001\r\n").body == Array(whole.suffix(100_001)))
        }
    }

    @Test func `a sequence is chunked, or ends with the connection for HTTP/1.0`() throws {
        try withServer(plan: { _ in .answer(Response(status: 200, body: .sequence(Countdown(1000)))) }) { _, port in
            let client = try Client(port: port)
            let reply = try client.exchange("GET", "/")
            #expect(reply.field("Transfer-Encoding") == "chunked")
            #expect(reply.body.count == 10_000_000)
            #expect(reply.body.first == UInt8(truncatingIfNeeded: 999))
            #expect(try client.exchange("HEAD", "/").status == 200)
            #expect(try client.exchange("GET", "/").body.count == 10_000_000)
            let old = try Client(port: port)
            try old.send("GET / HTTP/1.0\r\n\r\n")
            #expect(try old.reply().body.count == 10_000_000)
        }
    }

    @Test func `a sequence that fails cuts the connection`() throws {
        let recorder = Recorder()
        let plan: @Sendable (Request) -> Plan = { _ in
            .answer(Response(status: 200, body: .sequence(Countdown(10, failsAt: 3))))
        }
        try withServer(recorder: recorder, plan: plan) { _, port in
            let client = try Client(port: port)
            #expect(throws: Client.Failure.self) { try client.exchange("GET", "/") }
            #expect(recorder.wait(for: "finished 200 incomplete"))
        }
    }

    @Test func `events arrive as they are sent, and the end is told once`() throws {
        let recorder = Recorder()
        let sinks = Mutex<[any EventSink]>([])
        let plan: @Sendable (Request) -> Plan = { _ in
            .answer(
                Response(
                    status: 200,
                    body: .events { sink in
                        sink.send(Array("one".utf8))
                        sinks.withLock { $0.append(sink) }
                        recorder.note("registered")
                        return { recorder.note("cancelled") }
                    }))
        }
        try withServer(recorder: recorder, plan: plan) { _, port in
            let closing = try Client(port: port)
            try closing.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
            #expect(recorder.wait(for: "registered"))
            _ = try closing.take(through: "one\r\n")
            let sink = sinks.withLock { $0[0] }
            #expect(sink.send(Array("two".utf8)))
            _ = try closing.take(through: "3\r\ntwo\r\n")
            closing.close()
            #expect(recorder.wait(for: "cancelled"))
            #expect(!sink.send([1]))

            let closed = try Client(port: port)
            try closed.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
            #expect(recorder.wait(for: "registered", count: 2))
            sinks.withLock { $0[1] }.close()
            #expect(try closed.reply().text == "one")
            #expect(recorder.wait(for: "cancelled", count: 2))
            #expect(recorder.wait(for: "finished 200"))
        }
        #expect(recorder.count("cancelled") == 2)
    }

    @Test func `a client too slow for its events is dropped`() throws {
        let recorder = Recorder()
        let plan: @Sendable (Request) -> Plan = { _ in
            .answer(
                Response(
                    status: 200,
                    body: .events { sink in
                        while sink.send([UInt8](repeating: 0x61, count: 50_000)) {}
                        recorder.note("refused")
                        return { recorder.note("cancelled") }
                    }))
        }
        try withServer(plan: plan) { _, port in
            let client = try Client(port: port, receiveBufferByteCount: 4096)
            try client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
            #expect(recorder.wait(for: "refused"))
            #expect(recorder.wait(for: "cancelled"))
        }
        #expect(recorder.all == ["refused", "cancelled"])
    }
}

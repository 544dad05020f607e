import Dispatch
import HTTP
import Server
import TestSupport
import Testing

@Suite(.serialized) struct BodyTests {
    private func receiving(_ receiver: TestReceiver, max: Int64 = 1 << 30) -> @Sendable (Request) -> Plan {
        { _ in .receive(byteCountMax: max, receiver) }
    }

    @Test func `a body of known length and a chunked one arrive whole`() throws {
        let recorder = Recorder()
        let plan: @Sendable (Request) -> Plan = { _ in .receive(byteCountMax: 1 << 30, TestReceiver(recorder)) }
        try withServer(plan: plan) { _, port in
            let client = try Client(port: port)
            let body = String(repeating: "x", count: 1_000_000)
            #expect(try client.exchange("PUT", "/", "Content-Length: 1000000\r\n", body: body).text == "1000000")
            let chunks = String(repeating: "400\r\n\(body.prefix(1024))\r\n", count: 1000) + "0\r\n\r\n"
            #expect(try client.exchange("PUT", "/", "Transfer-Encoding: chunked\r\n", body: chunks).text == "1024000")
            #expect(try client.exchange("PUT", "/").text == "0")
            #expect(recorder.count("finish") == 3)
            #expect(recorder.count("cancel") == 0)
        }
    }

    @Test func `RFC 9110 section 10.1.1: 100 comes once the receiver has begun`() throws {
        let recorder = Recorder()
        try withServer(plan: receiving(TestReceiver(recorder))) { _, port in
            let client = try Client(port: port)
            let interim = try client.exchange("PUT", "/", "Content-Length: 2\r\nExpect: 100-continue\r\n")
            #expect(interim.status == 100)
            #expect(recorder.all == ["begin"])
            try client.send("ab")
            #expect(try client.reply().text == "2")
        }
    }

    @Test func `RFC 9110 section 10.1.1: a receiver that refuses answers finally, and the connection ends`() throws {
        let recorder = Recorder()
        try withServer(plan: receiving(TestReceiver(recorder, refusal: Response(status: 403)))) { _, port in
            let client = try Client(port: port)
            let reply = try client.exchange("PUT", "/", "Content-Length: 2\r\nExpect: 100-continue\r\n")
            #expect(reply.status == 403)
            #expect(reply.field("Connection") == "close")
            #expect(client.seesEnd())
        }
        #expect(recorder.all == ["begin"])
    }

    @Test func `RFC 9110 section 15.5.14: too long is 413, before it begins where the length is known`() throws {
        let recorder = Recorder()
        try withServer(plan: receiving(TestReceiver(recorder), max: 10)) { _, port in
            let known = try Client(port: port)
            #expect(try known.exchange("PUT", "/", "Content-Length: 11\r\n", body: "hello world").status == 413)
            #expect(recorder.all.isEmpty)
            let chunked = try Client(port: port)
            try chunked.send("PUT / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n")
            #expect(recorder.wait(for: "begin"))
            try chunked.send("b\r\nhello world\r\n0\r\n\r\n")
            #expect(try chunked.reply().status == 413)
            #expect(recorder.wait(for: "cancel"))
            #expect(chunked.seesEnd())
        }
        #expect(recorder.count("cancel") == 1)
        #expect(recorder.count("finish") == 0)
    }

    @Test func `a broken chunk is 400 and cancels the receiver`() throws {
        let recorder = Recorder()
        try withServer(plan: receiving(TestReceiver(recorder))) { _, port in
            let client = try Client(port: port)
            try client.send("PUT / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n")
            #expect(recorder.wait(for: "begin"))
            try client.send("2\r\nabX")
            #expect(try client.reply().status == 400)
            #expect(recorder.wait(for: "cancel"))
        }
        #expect(recorder.count("cancel") == 1)
    }

    /// What is broken when it comes with the head has never begun, so there is nothing to cancel.
    @Test func `a body that is broken at once never begins`() throws {
        let recorder = Recorder()
        try withServer(plan: receiving(TestReceiver(recorder))) { _, port in
            let client = try Client(port: port)
            #expect(try client.exchange("PUT", "/", "Transfer-Encoding: chunked\r\n", body: "2\r\nabX").status == 400)
            #expect(client.seesEnd())
        }
        #expect(recorder.all.isEmpty)
    }

    @Test func `a receiver may answer early`() throws {
        let recorder = Recorder()
        try withServer(plan: receiving(TestReceiver(recorder, earlyAnswerAt: 1))) { _, port in
            let client = try Client(port: port)
            let reply = try client.exchange("PUT", "/", "Content-Length: 100000000\r\n", body: "ab")
            #expect(reply.status == 422)
            #expect(reply.text == "early")
        }
        #expect(recorder.count("cancel") == 0)
        #expect(recorder.count("finish") == 0)
    }

    @Test(arguments: [true, false]) func `a client that is cut off cancels its receiver once`(_ isReset: Bool) throws {
        let recorder = Recorder()
        try withServer(recorder: recorder, plan: receiving(TestReceiver(recorder))) { _, port in
            let client = try Client(port: port)
            try client.send("PUT / HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\nhalf")
            #expect(recorder.wait(for: "receive"))
            if isReset { client.reset() } else { client.close() }
            #expect(recorder.wait(for: "cancel"))
            #expect(recorder.wait(for: "finished 499 incomplete"))
        }
        #expect(recorder.all.sorted() == ["begin", "cancel", "finished 499 incomplete", "receive"])
    }

    @Test func `a client cut off while its receiver is busy cancels once it is free`() throws {
        let recorder = Recorder()
        let gate = DispatchSemaphore(value: 0)
        try withServer(recorder: recorder, plan: receiving(TestReceiver(recorder, gate: gate))) { _, port in
            let client = try Client(port: port)
            try client.send("PUT / HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\nhalf")
            #expect(recorder.wait(for: "receive"))
            client.reset()
            #expect(recorder.wait(for: "finished 499 incomplete"))
            #expect(recorder.count("cancel") == 0)
            gate.signal()
            #expect(recorder.wait(for: "cancel"))
        }
        #expect(recorder.count("cancel") == 1)
    }

    @Test func `any split of pipelined requests gives the same answers in the same order`() throws {
        var random = SeededRandom(seed: 5)
        let plan: @Sendable (Request) -> Plan = { request in
            switch request.path {
            case "/answer": .answer(.text(request.query ?? ""))
            case "/run": .run { .text(request.query ?? "") }
            default: .receive(byteCountMax: 1 << 20, TestReceiver(Recorder()))
            }
        }
        try withServer(plan: plan) { _, port in
            for _ in 0..<20 {
                var bytes = ""
                var expected: [String] = []
                for number in 0..<Int.random(in: 1...30, using: &random) {
                    let body = String(repeating: "b", count: Int.random(in: 0...2000, using: &random))
                    switch Int.random(in: 0..<4, using: &random) {
                    case 0: bytes += "GET /answer?\(number) HTTP/1.1\r\nHost: a\r\n\r\n"
                    case 1: bytes += "\r\nPOST /run?\(number) HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc"
                    case 2:
                        bytes += "PUT / HTTP/1.1\r\nHost: a\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)"
                        expected.append("\(body.utf8.count)")
                        continue
                    default:
                        let chunks = body.isEmpty ? "" : "\(String(body.utf8.count, radix: 16))\r\n\(body)\r\n"
                        bytes += "PUT / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n\(chunks)0\r\nX: y\r\n\r\n"
                        expected.append("\(body.utf8.count)")
                        continue
                    }
                    expected.append("\(number)")
                }
                let client = try Client(port: port)
                var rest = Array(bytes.utf8)[...]
                while !rest.isEmpty {
                    let count = Int.random(in: 1...max(1, rest.count / 3), using: &random)
                    try client.send(Array(rest.prefix(count)))
                    rest = rest.dropFirst(count)
                }
                for answer in expected { #expect(try client.reply().text == answer) }
            }
        }
    }

    @Test func `a long body nobody takes does not hide the answer`() throws {
        let plan: @Sendable (Request) -> Plan = { _ in .run { Response(status: 401) } }
        try withServer(plan: plan) { _, port in
            for framing in ["Content-Length: 3000000", "Transfer-Encoding: chunked"] {
                let client = try Client(port: port)
                let size = framing.hasPrefix("T") ? "2DC6C0\r\n" : ""
                try client.send("PUT / HTTP/1.1\r\nHost: a\r\n\(framing)\r\n\r\n\(size)")
                try client.send([UInt8](repeating: 1, count: 3_000_000))
                let reply = try client.reply()
                #expect(reply.status == 401)
                #expect(reply.field("Connection") == "close")
            }
        }
    }

    @Test func `while a receiver is busy its client waits`() throws {
        let recorder = Recorder()
        let gate = DispatchSemaphore(value: 0)
        try withServer(plan: receiving(TestReceiver(recorder, gate: gate))) { _, port in
            let client = try Client(port: port)
            let byteCount = 64 << 20
            try client.send("PUT / HTTP/1.1\r\nHost: a\r\nContent-Length: \(byteCount)\r\n\r\n")
            let sent = client.sendWithoutWaiting(byteCount)
            #expect(sent < byteCount / 2, "64 MiB went into buffers")
            for _ in 0..<100_000 { gate.signal() }
            try client.send([UInt8](repeating: 1, count: byteCount - sent))
            #expect(try client.reply().text == "\(byteCount)")
        }
    }
}

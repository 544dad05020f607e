import Dispatch
import Glibc
import HTTP
import Server
import Testing

@Suite(.serialized) struct LifeTests {
    @Test func `a head that does not come is 408, an idle connection is closed without a word`() throws {
        let configure: (inout ServerConfiguration) -> Void = {
            $0.timeouts.headSeconds = 0.3
            $0.timeouts.idleSeconds = 0.6
        }
        try withServer(configure: configure, plan: { _ in .answer(.text("x")) }) { _, port in
            let slow = try Client(port: port)
            try slow.send("GET / HTTP/1.1\r\nHos")
            #expect(try slow.reply().status == 408)
            #expect(slow.seesEnd())
            let idle = try Client(port: port)
            _ = try idle.exchange("GET", "/")
            #expect(idle.seesEnd())
            let other = try Client(port: port)
            #expect(other.seesEnd())
        }
    }

    @Test func `a body that trickles is 408 and cancels its receiver`() throws {
        let recorder = Recorder()
        let plan: @Sendable (Request) -> Plan = { _ in .receive(byteCountMax: 1000, TestReceiver(recorder)) }
        try withServer(configure: { $0.timeouts.bodyGraceSeconds = 0.1 }, plan: plan) { _, port in
            let client = try Client(port: port)
            try client.send("PUT / HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\nx")
            #expect(try client.reply().status == 408)
            #expect(recorder.wait(for: "cancel"))
        }
        #expect(recorder.count("cancel") == 1)
    }

    @Test func `a body that came fast may not stop for longer than another`() throws {
        let recorder = Recorder()
        let plan: @Sendable (Request) -> Plan = { _ in .receive(byteCountMax: 10_000_000, TestReceiver(recorder)) }
        try withServer(configure: { $0.timeouts.bodyGraceSeconds = 0.2 }, plan: plan) { _, port in
            let client = try Client(port: port)
            try client.send(
                "PUT / HTTP/1.1\r\nHost: a\r\nContent-Length: 9000000\r\n\r\n" + String(repeating: "x", count: 1_000_000))
            #expect(try client.reply().status == 408)
            #expect(recorder.wait(for: "cancel"))
        }
    }

    @Test func `a client that does not read is dropped`() throws {
        let recorder = Recorder()
        let big = [UInt8](repeating: 1, count: 64 << 20)
        let plan: @Sendable (Request) -> Plan = { _ in .answer(Response(status: 200, body: .bytes(big))) }
        try withServer(recorder: recorder, configure: { $0.timeouts.writeStallSeconds = 0.1 }, plan: plan) { _, port in
            let client = try Client(port: port, receiveBufferByteCount: 4096)
            try client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
            #expect(recorder.wait(for: "finished 200 incomplete"))
        }
    }

    @Test func `stopping lets the answer in flight end, says close, and closes idle connections`() throws {
        let recorder = Recorder()
        let gate = DispatchSemaphore(value: 0)
        let plan: @Sendable (Request) -> Plan = { request in
            guard request.path == "/slow" else { return .answer(.text("x")) }
            return .run {
                recorder.note("running")
                gate.wait()
                return .text("done")
            }
        }
        try withServer(plan: plan) { server, port in
            let idle = try Client(port: port)
            _ = try idle.exchange("GET", "/")
            let busy = try Client(port: port)
            try busy.send("GET /slow HTTP/1.1\r\nHost: a\r\n\r\n")
            #expect(recorder.wait(for: "running"))
            DispatchQueue.global().async { recorder.note("stopped \(server.stop(deadlineSeconds: 10))") }
            #expect(idle.seesEnd())
            #expect(Descriptors.eventually { (try? Client(port: port)) == nil })
            gate.signal()
            let reply = try busy.reply()
            #expect(reply.text == "done")
            #expect(reply.field("Connection") == "close")
            #expect(recorder.wait(for: "stopped true"))
        }
    }

    @Test func `stopping cuts what is left at the deadline, and cancels its receivers`() throws {
        let recorder = Recorder()
        let plan: @Sendable (Request) -> Plan = { _ in .receive(byteCountMax: 1000, TestReceiver(recorder)) }
        try withServer(recorder: recorder, plan: plan) { server, port in
            let client = try Client(port: port)
            try client.send("PUT / HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\nx")
            #expect(recorder.wait(for: "receive"))
            #expect(!server.stop(deadlineSeconds: 0.05))
            #expect(recorder.count("cancel") == 1)
            #expect(recorder.count("finished 499 incomplete") == 1)
        }
    }

    @Test func `however thousands of connections end, no descriptor is left open`() throws {
        let recorder = Recorder()
        let plan: @Sendable (Request) -> Plan = { request in
            request.path == "/up" ? .receive(byteCountMax: 1000, TestReceiver(recorder)) : .run { .text("x") }
        }
        try withServer(plan: plan) { _, port in
            for round in 0..<3000 {
                let client = try Client(port: port)
                switch round % 6 {
                case 0: client.reset()
                case 1:
                    try client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
                    client.reset()
                case 2: _ = try client.exchange("GET", "/")
                case 3:
                    try client.send("PUT /up HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\nx")
                    client.reset()
                case 4: try client.send("GET / HTTP/1.1\r\nHos")
                default:
                    try client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
                    client.finishSending()
                    _ = try client.reply()
                }
                client.close()
            }
            #expect(try Descriptors.eventually { try Descriptors.connectionCount(port: port) == 0 })
        }
        #expect(recorder.count("begin") == recorder.count("cancel"))
    }

    @Test func `a port that is taken is an error, also when a server like this one has it`() throws {
        try withServer(plan: { _ in .answer(.text("x")) }) { _, port in
            let application = TestApplication(recorder: Recorder()) { _ in .answer(.text("y")) }
            let configuration = ServerConfiguration(listeners: [Listener(.network(host: "127.0.0.1", port: port))])
            let second = HTTPServer(configuration: configuration, application: application)
            #expect(throws: ServerError.cannotListen(at: "127.0.0.1:\(port)", code: EADDRINUSE)) { try second.start() }
        }
    }

    @Test func `a TLS handshake that does not come ends the connection`() throws {
        let configure: (inout ServerConfiguration) -> Void = {
            $0.timeouts.handshakeSeconds = 0.1
            $0.timeouts.idleSeconds = 60
        }
        try TLSTests.withTLS(configure: configure, plan: { _ in .answer(.text("x")) }) { _, _, port in
            let client = try Client(port: port)
            try client.send([0x16, 0x03, 0x01])
            #expect(client.seesEnd())
        }
    }

    @Test func `a host without an address is an error`() throws {
        let configuration = ServerConfiguration(listeners: [Listener(.network(host: "no.such.host.invalid", port: 1))])
        let application = TestApplication(recorder: Recorder()) { _ in .answer(.text("x")) }
        let server = HTTPServer(configuration: configuration, application: application)
        #expect(throws: ServerError.hostUnknown("no.such.host.invalid")) { try server.start() }
    }
}

import HTTP
import Server
import Testing

@Suite struct AcceptingTests {
    @Test func `connections beyond the cap of their address are closed, until one of them ends`() throws {
        let recorder = Recorder()
        let configure: (inout ServerConfiguration) -> Void = {
            $0.connectionCountPerAddressMax = 2
            $0.uncapped = AddressList()
        }
        let note: @Sendable (ConnectionRefusal) -> Void = { recorder.note("refused \($0)") }
        try withServer(onRefusal: note, configure: configure, plan: { _ in .answer(.text("x")) }) { server, port in
            let first = try Client(port: port)
            let second = try Client(port: port)
            _ = try first.exchange("GET", "/")
            _ = try second.exchange("GET", "/")
            let other = try Client(port: port)
            #expect(other.seesEnd())
            #expect(recorder.wait(for: "refused address"))
            first.close()
            #expect(Descriptors.eventually { server.connectionCount == 1 })
            let last = try Client(port: port)
            #expect(try last.exchange("GET", "/").status == 200)
        }
    }

    @Test func `connections beyond the cap of the process are closed, whatever their address`() throws {
        let recorder = Recorder()
        let note: @Sendable (ConnectionRefusal) -> Void = { recorder.note("refused \($0)") }
        try withServer(onRefusal: note, configure: { $0.connectionCountMax = 2 }, plan: { _ in .answer(.text("x")) }) {
            server, port in
            let first = try Client(port: port)
            let second = try Client(port: port)
            _ = try first.exchange("GET", "/")
            _ = try second.exchange("GET", "/")
            let other = try Client(port: port)
            #expect(other.seesEnd())
            #expect(recorder.wait(for: "refused process"))
            second.close()
            #expect(Descriptors.eventually { server.connectionCount == 1 })
            let last = try Client(port: port)
            #expect(try last.exchange("GET", "/").status == 200)
        }
    }

    @Test(arguments: [AddressList.loopback, AddressList()]) func `a proxy that is believed has no cap of its own`(
        trusted: AddressList
    ) throws {
        let configure: (inout ServerConfiguration) -> Void = {
            $0.connectionCountPerAddressMax = 1
            $0.uncapped = AddressList()
            $0.forwarding = Forwarding(trusted: trusted)
        }
        try withServer(configure: configure, plan: { _ in .answer(.text("x")) }) { _, port in
            let first = try Client(port: port)
            _ = try first.exchange("GET", "/")
            let second = try Client(port: port)
            if trusted.isEmpty {
                #expect(second.seesEnd())
            } else {
                #expect(try second.exchange("GET", "/").status == 200)
            }
        }
    }
}

import HTTP
import Server
import Testing

@Suite struct ProxyTests {
    private static let plan: @Sendable (Request) -> Plan = { request in
        let client = request.client.map(\.description) ?? "nil"
        return .answer(.text("\(request.peer) \(client) \(request.isSecure) \(request.fields["Host"] ?? "")"))
    }

    private static let lines =
        "X-Forwarded-For: 6.6.6.6, 192.0.2.7\r\nX-Forwarded-Proto: https\r\nX-Forwarded-Host: a.example\r\n"

    @Test func `a proxy that is believed names client, scheme and host of each request`() throws {
        try withServer(configure: { $0.forwarding = Forwarding(trusted: .loopback) }, plan: Self.plan) { _, port in
            let proxy = try Client(port: port)
            #expect(try proxy.exchange("GET", "/", Self.lines).text == "192.0.2.7 192.0.2.7 true a.example")
            #expect(
                try proxy.exchange("GET", "/", "Forwarded: for=\"[2001:db8::1]\"\r\n").text == "2001:db8::1 2001:db8::1 false a")
            #expect(try proxy.exchange("GET", "/").text == "127.0.0.1 127.0.0.1 false a")
            let refused = try proxy.exchange("GET", "/", "Forwarded: for=\"\r\n")
            #expect(refused.status == 400)
            #expect(refused.field("Connection") == "close")
        }
    }

    @Test func `nobody else is believed`() throws {
        let others = AddressList([AddressRange("192.0.2.0/24")!])
        try withServer(configure: { $0.forwarding = Forwarding(trusted: others) }, plan: Self.plan) { _, port in
            let client = try Client(port: port)
            #expect(try client.exchange("GET", "/", Self.lines).text == "127.0.0.1 127.0.0.1 false a")
            #expect(try client.exchange("GET", "/", "Forwarded: for=\"\r\n").status == 200)
        }
    }
}

import HTTP
import TestSupport
import Testing

@Suite struct ForwardingTests {
    static let trusted = AddressList(["127.0.0.1", "10.0.0.0/8", "2001:db8:aa::/48"].map { AddressRange($0)! })
    static let proxy = IPAddress("127.0.0.1")!

    func client(_ fields: KeyValuePairs<String, String>, _ source: Forwarding.Source = .either, from peer: String = "127.0.0.1")
        throws -> Forwarding.Client
    {
        try Forwarding(trusted: Self.trusted, source: source).client(of: Fields(fields), from: IPAddress(peer)!)
    }

    @Test(arguments: [
        ("192.0.2.7", "192.0.2.7"), ("192.0.2.7, 10.1.2.3", "192.0.2.7"), ("6.6.6.6, 192.0.2.7", "192.0.2.7"),
        ("6.6.6.6, 192.0.2.7, 10.9.9.9", "192.0.2.7"), ("10.1.1.1, 10.2.2.2", "10.1.1.1"), ("2001:db8::7", "2001:db8::7"),
        ("[2001:db8::7]:4711", "2001:db8::7"), ("192.0.2.7:4711", "192.0.2.7"), ("::ffff:192.0.2.7", "192.0.2.7"),
        ("2001:db8::7, 2001:db8:aa::1", "2001:db8::7"), (" 192.0.2.7\t,, ", "192.0.2.7"),
        // What the proxy does not name is the proxy itself.
        ("unknown", "127.0.0.1"), ("6.6.6.6, unknown", "127.0.0.1"), ("6.6.6.6, unknown, 10.0.0.9", "10.0.0.9"),
        ("nonsense, 192.0.2.7", "192.0.2.7"), ("\"192.0.2.6, 192.0.2.7", "192.0.2.7"),
        (",\u{301}6.6.6.6, 192.0.2.7", "192.0.2.7"),
    ])
    func `the last address of X-Forwarded-For that is not believed is the client`(value: String, expected: String) throws {
        #expect(try client(["X-Forwarded-For": value]).address.description == expected)
    }

    @Test(arguments: [
        ("for=192.0.2.7", "192.0.2.7"), ("For=\"[2001:db8:cafe::17]:4711\"", "2001:db8:cafe::17"),
        ("for=192.0.2.7;proto=http;by=203.0.113.43", "192.0.2.7"), ("for=6.6.6.6, for=192.0.2.7", "192.0.2.7"),
        ("for=6.6.6.6, for=192.0.2.7, for=10.3.3.3", "192.0.2.7"), ("for=\"192.0.2.7:80\"", "192.0.2.7"),
        ("for=\"192.0.2.7:_x\"", "192.0.2.7"), ("for=_hidden", "127.0.0.1"), ("for=unknown, for=10.3.3.3", "10.3.3.3"),
        ("proto=https", "127.0.0.1"), ("for=192.0.2.7;", "192.0.2.7"), (", for=192.0.2.7,", "192.0.2.7"),
    ])
    func `the last element of Forwarded that is not believed is the client`(value: String, expected: String) throws {
        #expect(try client(["Forwarded": value]).address.description == expected)
    }

    @Test(arguments: [
        "for=\"192.0.2.6, for=192.0.2.7", "for", "for=", "for=192.0.2.7 x", "for=1.2.3.4;for=192.0.2.7", "=x", "for=[::1]",
        "host=\"a b\"", "for=192.0.2.7, host=\"a@b\"",
    ])
    func `a malformed Forwarded is refused`(value: String) {
        #expect(throws: RequestFailure.self) { try client(["Forwarded": value]) }
        // Nobody reads it where the proxy uses the other fields, or is not believed.
        #expect(throws: Never.self) { try client(["Forwarded": value], .xForwarded) }
        #expect(throws: Never.self) { try client(["Forwarded": value], from: "192.0.2.1") }
    }

    @Test func `nobody is believed who is not listed`() throws {
        let fields: KeyValuePairs = [
            "X-Forwarded-For": "6.6.6.6", "X-Forwarded-Proto": "https", "X-Forwarded-Host": "evil.example",
        ]
        let found = try client(fields, from: "192.0.2.1")
        #expect(found.address.description == "192.0.2.1" && found.isSecure == nil && found.host == nil)
        #expect(try Forwarding().client(of: Fields(fields), from: Self.proxy).address == Self.proxy)
    }

    @Test func `scheme and host are those of the client's hop`() throws {
        var found = try client(["X-Forwarded-For": "192.0.2.7", "X-Forwarded-Proto": "https", "X-Forwarded-Host": "a.example"])
        #expect(found.isSecure == true && found.host == "a.example")
        found = try client(["X-Forwarded-For": "192.0.2.7, 10.0.0.1", "X-Forwarded-Proto": "https, http"])
        #expect(found.isSecure == true)
        found = try client(["X-Forwarded-For": "6.6.6.6, 192.0.2.7", "X-Forwarded-Proto": "https, http"])
        #expect(found.isSecure == false)
        found = try client(["X-Forwarded-For": "6.6.6.6, 192.0.2.7", "X-Forwarded-Proto": "gopher"])
        #expect(found.isSecure == nil && found.host == nil)
        found = try client(["Forwarded": "for=192.0.2.7;proto=https;host=a.example, for=10.0.0.1;proto=http;host=b"])
        #expect(found.isSecure == true && found.host == "a.example")
        found = try client(["Forwarded": "for=6.6.6.6;proto=https;host=evil, for=192.0.2.7;proto=http"])
        #expect(found.isSecure == false && found.host == nil)
        found = try client(["X-Forwarded-Proto": "https"])
        #expect(found.isSecure == true && found.address == Self.proxy)
        #expect(throws: RequestFailure.self) { try client(["X-Forwarded-Host": "a b"]) }
    }

    @Test func `fields that contradict each other are refused, unless it is known which one counts`() throws {
        let fields: KeyValuePairs = ["Forwarded": "for=6.6.6.6", "X-Forwarded-For": "192.0.2.7"]
        #expect(throws: RequestFailure.self) { try client(fields) }
        #expect(try client(fields, .xForwarded).address.description == "192.0.2.7")
        #expect(try client(fields, .forwarded).address.description == "6.6.6.6")
        #expect(try client(["Forwarded": "for=192.0.2.7", "X-Forwarded-For": "192.0.2.7"]).address.description == "192.0.2.7")
    }

    @Test func `more hops than are read are refused`() {
        let many = Array(repeating: "10.0.0.1", count: Forwarding.hopCountMax + 1)
        #expect(throws: RequestFailure.self) { try client(["X-Forwarded-For": many.joined(separator: ",")]) }
        #expect(throws: RequestFailure.self) { try client(["Forwarded": many.map { "for=\($0)" }.joined(separator: ",")]) }
    }

    /// Whatever a client writes, what the proxies add behind it decides.
    @Test(arguments: 1...5 as ClosedRange<UInt64>) func `no client can name another`(seed: UInt64) throws {
        var chance = SeededRandom(seed: seed)
        let alphabet = Array("0123456789abcdef.:,;=\"\\[]() \t_forhstp\u{301}é".unicodeScalars)
        for _ in 0..<2000 {
            var forged = String.UnicodeScalarView()
            for _ in 0..<Int.random(in: 0...60, using: &chance) { forged.append(alphabet.randomElement(using: &chance)!) }
            let real = IPAddress(high: 0x2001_0db8_0000_0000 | UInt64.random(in: 0...0xFF, using: &chance), low: chance.next())
            let inner = (0..<Int.random(in: 0...3, using: &chance)).map { _ in "10.0.0.\(Int.random(in: 0...255, using: &chance))"
            }
            let added = ([real.description] + inner).joined(separator: ", ")
            #expect(try client(["X-Forwarded-For": String(forged) + ", " + added]).address == real)
            #expect(try client(["X-Forwarded-For": String(forged), "x-forwarded-for": added]).address == real)
            let elements = (["for=\"[\(real)]\""] + inner.map { "for=\($0)" }).joined(separator: ", ")
            // Refused, or the truth.
            if let found = try? client(["Forwarded": String(forged) + ", " + elements]) { #expect(found.address == real) }
        }
    }
}

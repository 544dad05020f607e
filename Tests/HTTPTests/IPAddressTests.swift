import Foundation
import Glibc
import HTTP
import TestSupport
import Testing

@Suite struct IPAddressTests {
    @Test(arguments: [
        ("192.0.2.1", "192.0.2.1"), ("0.0.0.0", "0.0.0.0"), ("255.255.255.255", "255.255.255.255"), ("::", "::"), ("::1", "::1"),
        ("1::", "1::"), ("2001:DB8::00ab", "2001:db8::ab"), ("1:0:0:2:0:0:0:3", "1:0:0:2::3"),
        ("1:0:0:2:0:0:3:4", "1::2:0:0:3:4"),
        ("1:0:2:3:4:5:6:7", "1:0:2:3:4:5:6:7"), ("::ffff:192.0.2.1", "192.0.2.1"), ("64:ff9b::192.0.2.33", "64:ff9b::c000:221"),
        ("1:2:3:4:5:6:7::", "1:2:3:4:5:6:7:0"), ("1:2:3:4:5:6:1.2.3.4", "1:2:3:4:5:6:102:304"),
    ])
    func `an address is written as RFC 5952 asks`(text: String, expected: String) {
        #expect(IPAddress(text)?.description == expected)
    }

    @Test(arguments: [
        "", "1", "1.2.3", "1.2.3.4.5", "01.2.3.4", "256.1.1.1", "1.2.3.4 ", " 1.2.3.4", "1.2.3.-4", "1..2.3", ":", ":::", "1:::2",
        "::1::", "1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8:9", "1:2:3:4:5:6:7:8::", "12345::", "g::", "::1%eth0", "[::1]", "1.2.3.4::",
        "1:2:3:4:5:6:7:1.2.3.4", "localhost", "0x7f.1", "::1.2.3", ":1:2:3:4:5:6:7:8", "1:2:3:4:5:6:7:",
    ])
    func `what is no address is none`(text: String) {
        #expect(IPAddress(text) == nil)
    }

    /// Beside inet_pton(3) and inet_ntop(3), with texts that are near to addresses.
    @Test(arguments: 1...4 as ClosedRange<UInt64>) func `the C library reads the same`(seed: UInt64) {
        var chance = SeededRandom(seed: seed)
        let alphabet = Array("::::..0123456789abcdefF")
        for _ in 0..<20_000 {
            let text: String
            if Bool.random(using: &chance) {
                text = String((0..<Int.random(in: 1...20, using: &chance)).map { _ in alphabet.randomElement(using: &chance)! })
            } else {
                let mask = [0, 0xFFFF_FFFF, .max].randomElement(using: &chance)! as UInt64
                let address = IPAddress(high: chance.next() & chance.next() & mask, low: chance.next() & chance.next())
                text = address.description
                #expect(IPAddress(text) == address)
            }
            #expect(IPAddress(text).map(Self.bytes) == Self.systemBytes(text), "\(text)")
        }
    }

    private static func bytes(_ address: IPAddress) -> [UInt8] {
        [address.high, address.low].flatMap { word in (0..<8).map { UInt8(truncatingIfNeeded: word >> UInt64(56 - $0 * 8)) } }
    }

    private static func systemBytes(_ text: String) -> [UInt8]? {
        var bytes = [UInt8](repeating: 0, count: 16)
        if inet_pton(AF_INET6, text, &bytes) == 1 { return bytes }
        guard inet_pton(AF_INET, text, &bytes) == 1 else { return nil }
        return Array(repeating: 0, count: 10) + [0xFF, 0xFF] + bytes[..<4]
    }

    @Test func `a range holds what begins with its bits`() throws {
        let ten = try #require(AddressRange("10.0.0.0/8"))
        #expect(ten.contains(IPAddress("10.255.0.1")!) && !ten.contains(IPAddress("11.0.0.1")!))
        #expect(ten.contains(IPAddress("::ffff:10.0.0.1")!) && !ten.contains(IPAddress("::a00:1")!))
        let one = try #require(AddressRange("192.0.2.1"))
        #expect(one.contains(IPAddress("192.0.2.1")!) && !one.contains(IPAddress("192.0.2.2")!))
        let network = try #require(AddressRange("2001:db8::/33"))
        #expect(network.contains(IPAddress("2001:db8:7fff::1")!) && !network.contains(IPAddress("2001:db8:8000::")!))
        let low = try #require(AddressRange("2001:db8::8/125"))
        #expect(low.contains(IPAddress("2001:db8::f")!) && !low.contains(IPAddress("2001:db8::10")!))
        #expect(try #require(AddressRange("0.0.0.0/0")).contains(IPAddress("255.1.1.1")!))
        #expect(!(try #require(AddressRange("0.0.0.0/0")).contains(IPAddress("::1")!)))
        #expect(try #require(AddressRange("::/0")).contains(IPAddress("255.1.1.1")!))
        for bad in [
            "10.0.0.1/8", "10.0.0.0/33", "10.0.0.0/", "10.0.0.0/-1", "10.0.0.0/+8", "::/129", "x/8", "10/8", "/8", "::1/8/8",
        ] {
            #expect(AddressRange(bad) == nil, "\(bad)")
        }
    }

    @Test func `a client of IPv6 is its network`() {
        #expect(IPAddress("2001:db8:1:2:3::4")!.group == IPAddress("2001:db8:1:2::")!)
        #expect(IPAddress("192.0.2.1")!.group == IPAddress("192.0.2.1")!)
        #expect(IPAddress("127.1.2.3")!.isLoopback && IPAddress("::1")!.isLoopback && !IPAddress("::2")!.isLoopback)
    }
}

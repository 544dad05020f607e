import Crypto
import TestSupport
import Testing

@Suite struct APIKeyTests {
    static func generate(seed: UInt64) -> APIKey {
        var random = SeededRandom(seed: seed)
        return APIKey.generate { count in (0..<count).map { _ in UInt8.random(in: 0...255, using: &random) } }
    }

    @Test func `a new key has its form and reads back`() throws {
        for seed in 0..<200 as Range<UInt64> {
            let key = Self.generate(seed: seed)
            #expect(key.text.utf8.count == 39)
            #expect(key.text.hasPrefix("fv_"))
            #expect(APIKey(key.text) == key)
            #expect(key.prefix == String(key.text.prefix(8)))
            #expect(key.digest == SHA256.hash(key.text.utf8))
        }
        #expect(APIKey.generate() != APIKey.generate())
    }

    @Test func `a mistyped key is refused`() {
        let text = Array(Self.generate(seed: 1).text.utf8)
        for index in text.indices {
            var damaged = text
            damaged[index] = damaged[index] == UInt8(ascii: "x") ? UInt8(ascii: "y") : UInt8(ascii: "x")
            #expect(APIKey(String(decoding: damaged, as: UTF8.self)) == nil)
        }
    }

    @Test(arguments: ["", "fv_", "fv_é", String(repeating: "0", count: 39)])
    func `what is no key is refused`(text: String) {
        #expect(APIKey(text) == nil)
    }

    @Test func `a key does not describe itself`() {
        let key = Self.generate(seed: 2)
        #expect("\(key)" == key.prefix + "…")
        #expect(String(reflecting: key) == key.prefix + "…")
    }
}

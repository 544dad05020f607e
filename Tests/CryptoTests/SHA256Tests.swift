import Crypto
import TestSupport
import Testing

@Suite struct SHA256Tests {
    /// FIPS 180-4 examples, NIST "SHA256.pdf", and the empty message of NIST's test vectors.
    @Test(arguments: [
        ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
        ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
        (
            "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
        ),
    ])
    func `known messages give known digests`(message: String, digest: String) {
        #expect(Hex.encode(SHA256.hash(message.utf8)) == digest)
    }

    @Test func `a million times a`() {
        var hash = SHA256()
        for _ in 0..<1000 { hash.update([UInt8](repeating: 0x61, count: 1000)) }
        let digest = Hex.encode(hash.digest())
        #expect(digest == "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0")
    }

    @Test func `pieces give the digest of the whole, at any time`() {
        var random = SeededRandom(seed: 180)
        var hash = SHA256()
        var whole: [UInt8] = []
        for _ in 0..<50 {
            let piece = (0..<Int.random(in: 0...200, using: &random)).map { _ in UInt8.random(in: 0...255, using: &random) }
            hash.update(piece)
            whole += piece
            let digest = hash.digest()
            #expect(digest == SHA256.hash(whole))
        }
    }
}

import Crypto
import Ledger
import Testing

struct CheckpointTests {
    static let key = Ed25519.PrivateKey(seed: [UInt8](repeating: 7, count: 32))!
    static let checkpoint = Checkpoint(origin: "fairvoice/0011", size: 42, root: SHA256.hash([1]))
    static let verifier = VerifierKey(name: "fairvoice/0011", publicKey: key.publicKey)

    /// The example of the Go implementation that the C2SP documents refer to (golang.org/x/mod/sumdb/note).
    @Test func aPublishedKeyAndSignatureAreRead() throws {
        let text = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
        let key = try #require(VerifierKey(text))
        #expect(key.name == "PeterNeumann" && Hex.encode(key.id) == "c74f20a3" && key.text == text)
        let signature = try #require(
            Base64.decode(
                "x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM="))
        let message = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n"
        #expect(Array(signature.prefix(4)) == key.id)
        #expect(key.publicKey.verify(Array(signature.dropFirst(4)), of: message.utf8))
    }

    @Test(arguments: [
        "", "a", "a+b", "a+c74f20a3+", "PeterNeumann+c74f20a4+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
        "Peter Neumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
        "PeterNeumann+c74f20a3+AhpC2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
    ]) func otherKeysAreRefused(_ text: String) { #expect(VerifierKey(text) == nil) }

    @Test func aHeadIsSignedAndReadBack() throws {
        let note = Self.checkpoint.note(signedBy: Self.key)
        let lines = note.split(separator: "\n", omittingEmptySubsequences: false)
        #expect(lines.count == 6 && lines[0] == "fairvoice/0011" && lines[1] == "42" && lines[3].isEmpty && lines[5].isEmpty)
        #expect(lines[4].hasPrefix("\u{2014} fairvoice/0011 "))
        #expect(try Checkpoint(note: note, keys: [Self.verifier]) == Self.checkpoint)
        let cosigned = note + "\u{2014} witness \(Base64.encode(SHA256.hash([9])))\n"
        #expect(try Checkpoint(note: cosigned, keys: [Self.verifier]) == Self.checkpoint)
    }

    @Test func anotherKeyOrNameIsRefused() {
        let note = Self.checkpoint.note(signedBy: Self.key)
        let stranger = Ed25519.PrivateKey(seed: [UInt8](repeating: 8, count: 32))!
        for key in [
            VerifierKey(name: "fairvoice/0011", publicKey: stranger.publicKey),
            VerifierKey(name: "fairvoice/0012", publicKey: Self.key.publicKey),
        ] {
            #expect(throws: ReceiptError.unknownKey) { try Checkpoint(note: note, keys: [key]) }
        }
        #expect(throws: ReceiptError.unknownKey) { try Checkpoint(note: note, keys: []) }
    }

    /// Each bit of the note in turn: whatever changes, nothing but the same head is ever believed.
    @Test func noChangedBitIsBelieved() {
        let note = Array(Self.checkpoint.note(signedBy: Self.key).utf8)
        for bit in 0..<note.count * 8 {
            var changed = note
            changed[bit / 8] ^= 1 << UInt8(bit % 8)
            guard let text = String(validating: changed, as: UTF8.self) else { continue }
            #expect(throws: ReceiptError.self, "bit \(bit)") { try Checkpoint(note: text, keys: [Self.verifier]) }
        }
    }
}

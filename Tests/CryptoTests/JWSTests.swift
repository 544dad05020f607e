import Crypto
import Testing

@Suite struct JWSTests {
    static let key = Ed25519.PrivateKey(seed: Base64.decodeURL("nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A")!)!
    static let keyID = JWK(key.publicKey).keyID
    static let payload = Array("Example of Ed25519 signing".utf8)

    /// RFC 8037 appendices A.2 and A.3.
    @Test func `a known key has its members and thumbprint`() {
        let members = JWK(Self.key.publicKey).members.map { "\($0.name)=\($0.value)" }
        #expect(
            members == [
                "kty=OKP", "crv=Ed25519", "x=11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo",
                "kid=kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k", "alg=Ed25519", "use=sig",
            ])
    }

    /// RFC 8037 appendices A.4 and A.5.
    @Test func `a text signed elsewhere as EdDSA is accepted`() throws {
        let compact =
            "eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc."
            + "hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg"
        #expect(try JWS.verify(compact, key: Self.key.publicKey) == Self.payload)
        #expect(throws: JWSError.unknownKey(nil)) { try JWS.verify(compact, keys: [Self.keyID: Self.key.publicKey]) }
    }

    @Test func `what is signed is verified`() throws {
        let compact = JWS.sign(Self.payload, key: Self.key, keyID: Self.keyID, type: "quote")
        let keys = [Self.keyID: Self.key.publicKey]
        #expect(try JWS.verify(compact, keys: keys) == Self.payload)
        #expect(try JWS.verify(compact, keys: keys, type: "quote") == Self.payload)
        #expect(throws: JWSError.wrongType("quote")) { try JWS.verify(compact, keys: keys, type: "head") }
        #expect(throws: JWSError.unknownKey(Self.keyID)) { try JWS.verify(compact, keys: [:]) }
        let other = Ed25519.PrivateKey.generate().publicKey
        #expect(throws: JWSError.badSignature) { try JWS.verify(compact, keys: [Self.keyID: other]) }
    }

    @Test func `no single changed character passes`() {
        let compact = Array(JWS.sign(Self.payload, key: Self.key, keyID: Self.keyID).utf8)
        for index in compact.indices {
            var damaged = compact
            damaged[index] = damaged[index] == UInt8(ascii: "A") ? UInt8(ascii: "B") : UInt8(ascii: "A")
            let text = String(decoding: damaged, as: UTF8.self)
            #expect(throws: JWSError.self) { try JWS.verify(text, keys: [Self.keyID: Self.key.publicKey]) }
        }
    }

    @Test(arguments: ["none", "HS256", "ES256", "ed25519"])
    func `other algorithms are refused even with a good signature`(algorithm: String) {
        let compact = Self.signed(header: #"{"alg":"\#(algorithm)","kid":"\#(Self.keyID)"}"#)
        #expect(throws: JWSError.algorithmRefused(algorithm)) {
            try JWS.verify(compact, keys: [Self.keyID: Self.key.publicKey])
        }
    }

    @Test(arguments: [
        "", "{}", #"{"kid":"k"}"#, #"{"alg":"Ed25519","alg":"none"}"#, #"{"alg":"Ed25519","crit":["b64"],"b64":false}"#,
        #"{"alg":"\u0045d25519"}"#, #"{"alg":"Ed25519",}"#, #"{"alg":"Ed25519"}x"#, #"["alg"]"#, #"{"alg":1}"#,
    ])
    func `headers beyond plain strings are refused`(header: String) {
        #expect(throws: JWSError.malformed) { try JWS.verify(Self.signed(header: header), key: Self.key.publicKey) }
    }

    @Test func `white space in a header is JSON too`() throws {
        let compact = Self.signed(header: "{ \"alg\" : \"Ed25519\" ,\r\n \"kid\" : \"a b\" }")
        #expect(try JWS.verify(compact, keys: ["a b": Self.key.publicKey]) == Self.payload)
    }

    @Test(arguments: ["", ".", "a.b", "a.b.c.d", "..", "!.!.!"])
    func `what is not three parts is refused`(compact: String) {
        #expect(throws: JWSError.malformed) { try JWS.verify(compact, key: Self.key.publicKey) }
    }

    private static func signed(header: String) -> String {
        let signed = Base64.encodeURL(Array(header.utf8)) + "." + Base64.encodeURL(payload)
        return signed + "." + Base64.encodeURL(key.sign(signed.utf8))
    }
}

import Crypto

/// A named Ed25519 key that checks signed notes, and its one-line form (C2SP signed-note, "vkey"):
/// "name+1234abcd+base64 of a type byte and the key".
public struct VerifierKey: Hashable, Sendable {
    public let name: String
    public let publicKey: Ed25519.PublicKey

    /// The type byte of Ed25519.
    private static let algorithm: UInt8 = 1

    public init(name: String, publicKey: Ed25519.PublicKey) {
        self.name = name
        self.publicKey = publicKey
    }

    /// Reads exactly what `text` writes; nil for anything else.
    public init?(_ text: String) {
        let parts = text.split(separator: "+", maxSplits: 2, omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 3, Self.isName(parts[0]), let bytes = Base64.decode(parts[2]), bytes.first == Self.algorithm,
            let key = Ed25519.PublicKey(bytes: Array(bytes.dropFirst()))
        else { return nil }
        self.init(name: parts[0], publicKey: key)
        guard self.text == text else { return nil }
    }

    public var text: String { "\(name)+\(Hex.encode(id))+\(Base64.encode([Self.algorithm] + publicKey.bytes))" }

    /// The four bytes that tell keys of one name apart.
    public var id: [UInt8] {
        Array(SHA256.hash(Array(name.utf8) + [0x0A, Self.algorithm] + publicKey.bytes).prefix(4))
    }

    /// Neither empty nor with spaces or plus signs.
    static func isName(_ text: String) -> Bool {
        !text.isEmpty && !text.unicodeScalars.contains { $0 == "+" || $0.properties.isWhitespace }
    }
}

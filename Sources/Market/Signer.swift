import Crypto
import JSON
import Ledger

/// Signs documents with the installation's newest key.
public struct Signer: Sendable {
    public let keyID: String
    private let key: Ed25519.PrivateKey

    public init(keyID: String, key: Ed25519.PrivateKey) {
        self.keyID = keyID
        self.key = key
    }

    /// Kinds of signed documents, kept apart by the header's `typ`.
    public enum Kind: String, Sendable {
        case quote = "fairvoice-quote"
        case revocation = "fairvoice-revocation"
    }

    /// The compact JWS of a document's canonical bytes.
    public func sign(_ document: JSON, as kind: Kind) -> String {
        JWS.sign(document.canonicalBytes(), key: key, keyID: keyID, type: kind.rawValue)
    }

    /// The head of the log as a signed note.
    public func note(_ checkpoint: Checkpoint) -> String { checkpoint.note(signedBy: key) }
}

import Crypto

/// A path as one text: its hashes one after another in URL-safe base64, which keeps receipts short.
public struct MerklePath: Hashable, Sendable {
    /// Nearest sibling first.
    public let hashes: [[UInt8]]

    /// Reads what `text(_:)` writes; nil for anything else.
    public init?(text: String) {
        guard let bytes = Base64.decodeURL(text), bytes.count.isMultiple(of: SHA256.byteCount) else { return nil }
        hashes = stride(from: 0, to: bytes.count, by: SHA256.byteCount).map { Array(bytes[$0..<$0 + SHA256.byteCount]) }
    }

    public static func text(_ hashes: [[UInt8]]) -> String { Base64.encodeURL(hashes.flatMap { $0 }) }
}

import Crypto

/// The head of a log: how many leaves it has and their root (C2SP tlog-checkpoint).
public struct Checkpoint: Hashable, Sendable {
    /// Names the log, for ever.
    public let origin: String
    public let size: Int64
    public let root: [UInt8]

    public init(origin: String, size: Int64, root: [UInt8]) {
        self.origin = origin
        self.size = size
        self.root = root
    }

    /// The three lines that are signed.
    public var text: String { "\(origin)\n\(size)\n\(Base64.encode(root))\n" }

    /// The head as a signed note: its text, an empty line, and a line with the signature under the origin's name.
    public func note(signedBy key: Ed25519.PrivateKey) -> String {
        let id = VerifierKey(name: origin, publicKey: key.publicKey).id
        return "\(text)\n\u{2014} \(origin) \(Base64.encode(id + key.sign(text.utf8)))\n"
    }

    /// Reads a signed note.
    ///
    /// - Parameter keys: one of them must have signed it; lines of others are passed over.
    /// - Throws: `ReceiptError.malformed`, `.unknownKey`, `.badSignature`.
    public init(note: String, keys: [VerifierKey]) throws(ReceiptError) {
        guard let end = note.range(of: "\n\n"), note.hasSuffix("\n") else { throw .malformed("the head is no signed note") }
        let text = String(note[..<end.lowerBound]) + "\n"
        self = try Self.parse(text)
        var isKnown = false
        for line in note[end.upperBound...].dropLast().split(separator: "\n", omittingEmptySubsequences: false) {
            let words = line.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
            guard words.count == 3, words[0] == "\u{2014}", let bytes = Base64.decode(words[2]), bytes.count > 4 else {
                throw .malformed("a signature of the head can't be read")
            }
            for key in keys where key.name == words[1] && key.name == origin && key.id == Array(bytes.prefix(4)) {
                isKnown = true
                if key.publicKey.verify(Array(bytes.dropFirst(4)), of: text.utf8) { return }
            }
        }
        throw isKnown ? .badSignature : .unknownKey
    }

    /// Reads the text of a head; lines behind the third are extensions, which say nothing here.
    private static func parse(_ text: String) throws(ReceiptError) -> Checkpoint {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        guard lines.count >= 4, VerifierKey.isName(lines[0]), let size = Int64(lines[1]), size >= 0, "\(size)" == lines[1],
            let root = Base64.decode(lines[2]), root.count == SHA256.byteCount
        else { throw .malformed("the head is not origin, size and root") }
        return Checkpoint(origin: lines[0], size: size, root: root)
    }
}

extension String {
    /// The first place of a text, compared byte by byte.
    fileprivate func range(of text: String) -> Range<String.Index>? {
        var start = utf8.startIndex
        while start < utf8.endIndex {
            if utf8[start...].starts(with: text.utf8) { return start..<utf8.index(start, offsetBy: text.utf8.count) }
            start = utf8.index(after: start)
        }
        return nil
    }
}

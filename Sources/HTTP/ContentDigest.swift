/// The digests that `Content-Digest` or `Repr-Digest` state (RFC 9530): a dictionary of byte sequences (RFC 8941).
public struct ContentDigest: Sendable, Equatable {
    /// Algorithm, in lower case as the keys of RFC 8941 are, to digest.
    public var digests: [String: [UInt8]]

    /// Nil where any part of the value is malformed: a dictionary is refused whole (RFC 8941 section 4.2).
    public init?(parsing value: String) {
        var parser = StructuredDictionaryParser(value)
        guard let members = parser.byteSequences() else { return nil }
        digests = members
    }

    /// The field of this name, its lines joined; nil where it is absent, 400 where it is malformed.
    public static func read(_ name: String = "Content-Digest", of fields: Fields) throws(RequestFailure) -> ContentDigest? {
        let lines = fields.values(name)
        guard !lines.isEmpty else { return nil }
        guard let digest = ContentDigest(parsing: lines.joined(separator: ", ")) else {
            throw RequestFailure(status: 400, detail: "Malformed \(name) (RFC 9530 section 2)")
        }
        return digest
    }

    /// `sha-256=:base64:` for an answer.
    public static func text(sha256 digest: some Collection<UInt8>) -> String {
        "sha-256=:\(Base64.encode(digest)):"
    }
}

/// SHA-256 of a recording's canonical samples: the same for the same sound in another lossless file.
public struct CanonicalHash: Hashable, Sendable {
    /// Hashes of different versions can't be compared.
    public var version: Int64
    /// In hexadecimal.
    public var sha256: String

    public init(version: Int64, sha256: String) {
        self.version = version
        self.sha256 = sha256
    }
}

/// A tombstone in the signed feed: a recording that may not be used for new training any more.
public struct Revocation: Identified, Hashable, Sendable {
    public static let idPrefix = "rev"

    /// Position in the feed, from 1.
    public var sequence: Int64
    public var id: ID<Revocation>
    public var recording: ID<Recording>
    /// SHA-256 of the audio, in hexadecimal, so that copies can be found.
    public var sha256: String
    public var reason: String
    public var revokedAt: Timestamp
    public var jws: String

    public init(
        sequence: Int64, id: ID<Revocation>, recording: ID<Recording>, sha256: String, reason: String,
        revokedAt: Timestamp, jws: String
    ) {
        self.sequence = sequence
        self.id = id
        self.recording = recording
        self.sha256 = sha256
        self.reason = reason
        self.revokedAt = revokedAt
        self.jws = jws
    }
}

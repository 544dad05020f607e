/// The immutable, hashed result of a data set's query.
public struct Snapshot: Identified, Hashable, Sendable {
    public static let idPrefix = "snp"

    public var id: ID<Snapshot>
    public var dataSet: ID<DataSet>
    /// From 1.
    public var version: Int64
    /// SHA-256 of the canonical list of members, in hexadecimal.
    public var sha256: String
    public var recordingCount: Int64
    public var speakerCount: Int64
    public var durationMilliseconds: Int64
    public var byteCount: Int64
    public var createdAt: Timestamp

    public init(
        id: ID<Snapshot>, dataSet: ID<DataSet>, version: Int64, sha256: String, recordingCount: Int64,
        speakerCount: Int64, durationMilliseconds: Int64, byteCount: Int64, createdAt: Timestamp
    ) {
        self.id = id
        self.dataSet = dataSet
        self.version = version
        self.sha256 = sha256
        self.recordingCount = recordingCount
        self.speakerCount = speakerCount
        self.durationMilliseconds = durationMilliseconds
        self.byteCount = byteCount
        self.createdAt = createdAt
    }

    /// One recording in a snapshot, with all that an export says of it.
    public struct Member: Hashable, Sendable {
        /// Position, from 0.
        public var n: Int64
        public var recording: ID<Recording>
        public var contributor: ID<Contributor>
        /// An opaque name of the speaker.
        public var speaker: String
        public var split: Split
        /// In hexadecimal.
        public var sha256: String
        public var byteCount: Int64
        public var mediaType: String
        public var durationMilliseconds: Int64
        public var weight: Int64
        /// Canonical JSON, written into exports beside the audio.
        public var metadata: String

        public init(
            n: Int64, recording: ID<Recording>, contributor: ID<Contributor>, speaker: String, split: Split,
            sha256: String, byteCount: Int64, mediaType: String, durationMilliseconds: Int64, weight: Int64,
            metadata: String
        ) {
            self.n = n
            self.recording = recording
            self.contributor = contributor
            self.speaker = speaker
            self.split = split
            self.sha256 = sha256
            self.byteCount = byteCount
            self.mediaType = mediaType
            self.durationMilliseconds = durationMilliseconds
            self.weight = weight
            self.metadata = metadata
        }
    }

    /// A speaker is in one split only, and in the same one in every version.
    public enum Split: String, CaseIterable, Sendable {
        case train, validation, test

        /// The split of a speaker by a uniform hash: 8 in 10 train, 1 validation, 1 test.
        public init(speakerHash: UInt64) {
            switch speakerHash % 10 {
            case 0: self = .test
            case 1: self = .validation
            default: self = .train
            }
        }
    }
}

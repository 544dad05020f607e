import Domain
import Storage

/// A recording that sounds the same as the one that was measured, or nearly.
public struct Likeness: Hashable, Sendable {
    public var recording: ID<Recording>
    /// Share of differing bits in thousandths.
    public var bitErrorThousandths: Int64
    /// Whether no sample differs.
    public var isExact = false

    public init(recording: ID<Recording>, bitErrorThousandths: Int64) {
        self.recording = recording
        self.bitErrorThousandths = bitErrorThousandths
    }
}

extension Marketplace {
    /// Most recordings of the same sound that one is held against; a contributor's own come first.
    private static let sameCountMax = 20

    /// Recordings with the same canonical samples, found in the transaction that decides: it has the hashes of all that
    /// were decided before.
    func sameRecordings(_ measured: Measured, of recording: Recording, in db: Connection) throws -> [Likeness] {
        guard let hash = measured.canonicalHash else { return [] }
        return try CanonicalHashes.accepted(
            hash, ownFirst: recording.contributor, limit: Self.sameCountMax, in: db
        ).map {
            var likeness = Likeness(recording: $0, bitErrorThousandths: 0)
            likeness.isExact = true
            return likeness
        }
    }

    /// Keeps what a recording resembles, and answers its contributor's own earlier recording that it repeats, nil where it
    /// repeats none. What was rejected stands in nobody's way: it was not paid.
    ///
    /// The likenesses were found before the writer's turn; here only those count that are decided and have their print by now.
    /// So of two copies that are measured at once, the one that is decided second sees the first.
    func noteLikenesses(
        _ likenesses: [Likeness], of recording: Recording, at now: Timestamp, in db: Connection
    ) throws -> (earlier: Recording, isExact: Bool)? {
        var repeated: (Recording, Bool)?
        var seen: Set<ID<Recording>> = [recording.id]
        for likeness in likenesses where seen.insert(likeness.recording).inserted {
            guard let earlier = try Recordings.find(likeness.recording, in: db), let decision = earlier.decision,
                decision.grade != .rejected, try likeness.isExact || RecordingPrints.find(earlier.id, in: db) != nil
            else { continue }
            let isForeign = earlier.contributor != recording.contributor
            try Resemblances.insert(
                Resemblance(
                    recording: recording.id, earlier: earlier.id, bitErrorThousandths: likeness.bitErrorThousandths,
                    isForeign: isForeign, foundAt: now), in: db)
            if !isForeign, repeated == nil { repeated = (earlier, likeness.isExact) }
        }
        return repeated
    }
}

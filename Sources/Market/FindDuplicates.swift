import Domain
import Storage

/// A recording that sounds nearly the same as the one that was measured.
public struct Likeness: Hashable, Sendable {
    public var recording: ID<Recording>
    /// Share of differing bits in thousandths.
    public var bitErrorThousandths: Int64

    public init(recording: ID<Recording>, bitErrorThousandths: Int64) {
        self.recording = recording
        self.bitErrorThousandths = bitErrorThousandths
    }
}

extension Marketplace {
    /// Keeps what a recording resembles, and answers its contributor's own earlier recording that it repeats, nil where it
    /// repeats none. What was rejected stands in nobody's way: it was not paid.
    ///
    /// The likenesses were found before the writer's turn; here only those count that are decided and have their print by now.
    /// So of two copies that are measured at once, the one that is decided second sees the first.
    func noteLikenesses(
        _ likenesses: [Likeness], of recording: Recording, at now: Timestamp, in db: Connection
    ) throws -> Recording? {
        var repeated: Recording?
        for likeness in likenesses where likeness.recording != recording.id {
            guard let earlier = try Recordings.find(likeness.recording, in: db), let decision = earlier.decision,
                decision.grade != .rejected, try RecordingPrints.find(earlier.id, in: db) != nil
            else { continue }
            let isForeign = earlier.contributor != recording.contributor
            try Resemblances.insert(
                Resemblance(
                    recording: recording.id, earlier: earlier.id, bitErrorThousandths: likeness.bitErrorThousandths,
                    isForeign: isForeign, foundAt: now), in: db)
            if !isForeign, repeated == nil { repeated = earlier }
        }
        return repeated
    }
}

/// A recording that is the same as an earlier one, or nearly.
public struct Resemblance: Hashable, Sendable {
    /// The reason code of what its own contributor has sent before.
    public static let reasonCode = "near-duplicate"
    /// The same, where no sample differs.
    public static let exactReasonCode = "duplicate"

    /// The code of a rejection.
    public static func reasonCode(isExact: Bool) -> String { isExact ? exactReasonCode : reasonCode }

    public var recording: ID<Recording>
    public var earlier: ID<Recording>
    /// Share of differing bits at the best alignment, in thousandths: 0 is the same, 500 nothing alike.
    public var bitErrorThousandths: Int64
    /// Whether the earlier one is another contributor's.
    public var isForeign: Bool
    public var foundAt: Timestamp

    public init(
        recording: ID<Recording>, earlier: ID<Recording>, bitErrorThousandths: Int64, isForeign: Bool, foundAt: Timestamp
    ) {
        self.recording = recording
        self.earlier = earlier
        self.bitErrorThousandths = bitErrorThousandths
        self.isForeign = isForeign
        self.foundAt = foundAt
    }

    /// What the contributor is told of their own earlier recording.
    public static func sentence(_ earlier: Recording, isExact: Bool) -> String {
        """
        This is \(isExact ? "" : "nearly ")the same as your recording \(earlier.id.text) of \
        \(earlier.createdAt.rfc3339.prefix(10)), which was \
        accepted before; speak it anew, or choose another scenario.
        """
    }
}

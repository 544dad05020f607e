/// A recording that is nearly the same as an earlier one.
public struct Resemblance: Hashable, Sendable {
    /// The reason code of what its own contributor has sent before.
    public static let reasonCode = "near-duplicate"

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
    public static func sentence(_ earlier: Recording) -> String {
        """
        This is nearly the same as your recording \(earlier.id.text) of \(earlier.createdAt.rfc3339.prefix(10)), which was \
        accepted before; speak it anew, or choose another scenario.
        """
    }
}

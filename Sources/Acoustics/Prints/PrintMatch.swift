/// How alike two recordings are at their best alignment.
public struct PrintMatch: Hashable, Sendable {
    /// Share of differing bits: about 0 for the same samples, 0.5 for different recordings.
    public let bitError: Double
    /// Sub-prints of 48 ms that were compared.
    public let count: Int

    /// The error up to which two recordings count as the same. Haitsma and Kalker take 0.35; following the tempo lets different
    /// recordings come down to 0.31, while copies stay under 0.2 (docs/measurements.md), and a false verdict costs somebody pay.
    public static let bitErrorMax = 0.24

    /// Whether the recordings are near duplicates.
    public var isSame: Bool { bitError <= Self.bitErrorMax }
}

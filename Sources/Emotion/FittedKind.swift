/// A classifier that stands in a model.
public struct FittedKind: Sendable, Equatable {
    /// Of which kind it is; never a committee.
    public let kind: ClassifierKind
    /// What was chosen of `ClassifierKind`'s penalties.
    public let penalty: Double
    /// By what a committee multiplies its scores; nil where it stands alone.
    public let weight: Double?
}

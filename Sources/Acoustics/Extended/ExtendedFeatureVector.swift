/// The measured values of one recording, the 88 among them.
public struct ExtendedFeatureVector: Sendable, Equatable {
    /// In the order of `ExtendedFeatureSet.names`; nil where the recording has too little signal to measure the value. Never
    /// NaN, never infinite.
    public let values: [Float?]

    /// Wraps values measured before. There must be as many as names, and non-finite ones become nil.
    public init?(values: [Float?]) {
        guard values.count == ExtendedFeatureSet.names.count else { return nil }
        self.values = values.map { value in value.flatMap { $0.isFinite ? $0 : nil } }
    }

    /// The values of `FeatureSet`.
    public var standard: FeatureVector { FeatureVector(values: Array(values.prefix(FeatureSet.names.count)))! }

    /// The value of a name; nil where it is not measurable or the name is unknown.
    public subscript(name: String) -> Float? {
        ExtendedFeatureSet.names.firstIndex(of: name).flatMap { values[$0] }
    }
}

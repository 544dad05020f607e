import JSON

/// The shape of a JSON value or a parameter: checked on the way in, described in the contract.
public struct Schema: Sendable {
    public indirect enum Shape: Sendable {
        case anything
        case boolean
        case integer(ClosedRange<Int64>)
        case number(ClosedRange<Double>)
        /// Length in Unicode scalars.
        case text(TextFormat, length: ClosedRange<Int>)
        case choice([String])
        case array(Schema, count: ClosedRange<Int>)
        /// An open object may have members that are not listed.
        case object([Property], isOpen: Bool)
        /// An object whose keys are data.
        case map(Schema)
        case nullable(Schema)
        /// Fits when any one does.
        case anyOf([Schema])
        /// Written once under `components`, by this name.
        case named(String, Schema)
    }

    public var shape: Shape
    /// What a generator or a reader may start from.
    public var example: JSON?

    public init(_ shape: Shape, example: JSON? = nil) {
        self.shape = shape
        self.example = example
    }

    /// The same shape with an example.
    public func example(_ json: JSON) -> Schema { Schema(shape, example: json) }
}

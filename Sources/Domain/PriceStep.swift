import JSON

/// What one line of a price says, but for the running price.
public struct PriceStep: Hashable, Sendable {
    public let code: PriceLine.Code
    public let sentence: String
    /// Nil where the line multiplies nothing.
    public let factor: Factor?
    /// What the factor comes from.
    public let figures: PriceFigures

    init(_ code: PriceLine.Code, _ factor: Factor?, _ sentence: String, _ figures: PriceFigures) {
        self.code = code
        self.sentence = sentence
        self.factor = factor
        self.figures = figures
    }

    /// The members of a line as JSON, but for the running price.
    public var jsonMembers: JSONObject {
        [
            "code": .string(code.rawValue), "sentence": .string(sentence), "factor": .ifPresent(factor?.decimal),
            "figures": .object(JSONObject(members: figures.all.map { ($0.name, .string($0.value)) })),
        ]
    }
}

import JSON

extension FittedKind {
    /// Kind, penalty and, in a committee, weight.
    public var json: JSON {
        var content: JSONObject = ["kind": .string(kind.rawValue), "penalty": .number(penalty)]
        content["weight"] = weight.map(JSON.number)
        return .object(content)
    }
}

import JSON

extension KindTally {
    /// The kind, how often it was chosen, and its log loss.
    public var json: JSON {
        ["kind": .string(kind.rawValue), "chosen": .integer(Int64(chosenCount)), "inner_log_loss": .number(logLoss)]
    }
}

import JSON

extension KindTally {
    public var json: JSON {
        ["kind": .string(kind.rawValue), "chosen": .integer(Int64(chosenCount)), "inner_log_loss": .number(logLoss)]
    }
}

import JSON

extension ReliabilityBin {
    var json: JSON {
        [
            "from": .number(from), "to": .number(to), "examples": .integer(Int64(exampleCount)),
            "confidence": .number(confidence), "accuracy": .number(accuracy),
        ]
    }

    init(_ content: ModelReader) throws(ModelFileError) {
        self.init(
            from: try content.number("from"), to: try content.number("to"), exampleCount: try content.integer("examples"),
            confidence: try content.number("confidence"), accuracy: try content.number("accuracy"))
    }
}

import JSON

extension AnswerCounts {
    /// The counts, and what follows from them for those who read it.
    public var json: JSON {
        [
            "examples": .integer(Int64(exampleCount)), "named": .integer(Int64(namedCount)),
            "right": .integer(Int64(rightCount)), "refused": .integer(Int64(refusedCount)),
            "named_share": .number(namedShare), "accuracy": .number(accuracy),
            "unweighted_average_recall": .number(unweightedAverageRecall),
        ]
    }

    init(_ content: ModelReader) throws(ModelFileError) {
        self.init(
            exampleCount: try content.integer("examples"), namedCount: try content.integer("named"),
            rightCount: try content.integer("right"), refusedCount: try content.integer("refused"),
            unweightedAverageRecall: try content.number("unweighted_average_recall"))
    }
}

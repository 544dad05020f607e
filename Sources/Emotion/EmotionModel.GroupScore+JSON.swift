import JSON

extension EmotionModel.GroupScore {
    var json: JSON {
        [
            "facet": .string(facet), "name": .string(name), "examples": .integer(Int64(exampleCount)),
            "unweighted_average_recall": .number(unweightedAverageRecall), "calibration_error": .number(calibrationError),
        ]
    }

    init(_ content: ModelReader) throws(ModelFileError) {
        self.init(
            facet: try content.text("facet"), name: try content.text("name"), exampleCount: try content.integer("examples"),
            unweightedAverageRecall: try content.number("unweighted_average_recall"),
            calibrationError: try content.number("calibration_error"))
    }
}

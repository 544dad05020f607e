import JSON

extension DimensionModel {
    var json: JSON {
        [
            "name": .string(name), "standardisation": standardisation.json, "weights": ModelReader.json(weights),
            "evaluation": evaluation.json,
        ]
    }

    init(_ content: ModelReader) throws(ModelFileError) {
        name = try content.text("name")
        standardisation = try Standardisation(try content.part("standardisation"))
        weights = try content.numbers("weights")
        let part = try content.part("evaluation")
        evaluation = Evaluation(
            exampleCount: try part.integer("examples"), speakerCount: try part.integer("speakers"),
            correlation: try part.number("correlation"), concordance: try part.number("concordance"),
            rootMeanSquareError: try part.number("root_mean_square_error"))
    }

    /// Throws where the parts don't fit together.
    func check(featureCount: Int) throws(ModelFileError) {
        guard Self.names.contains(name), standardisation.fits(featureCount: featureCount), weights.count == featureCount + 1
        else { throw .malformed("dimensions: \(name)") }
    }
}

extension DimensionModel.Evaluation {
    /// All figures, by name.
    public var json: JSON {
        [
            "examples": .integer(Int64(exampleCount)), "speakers": .integer(Int64(speakerCount)),
            "correlation": .number(correlation), "concordance": .number(concordance),
            "root_mean_square_error": .number(rootMeanSquareError),
        ]
    }
}

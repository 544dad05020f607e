import JSON

extension EmotionEvaluation {
    /// Everything, and recalls by label for those who read it.
    public var json: JSON {
        var object: JSONObject = [
            "labels": .array(labels.map(JSON.string)), "confusion": .array(confusion.map(ModelReader.json)),
            "unweighted_average_recall": .number(unweightedAverageRecall),
            "recalls": .object(JSONObject(members: zip(labels, recalls.map(JSON.number)).map { ($0, $1) })),
            "calibration_error_before": .number(calibrationErrorBefore),
            "calibration_error_after": .number(calibrationErrorAfter),
            "standardisation": .string(standardisation.rawValue), "folds": .integer(Int64(foldCount)),
            "speakers": .integer(Int64(speakerCount)), "examples": .integer(Int64(exampleCount)),
        ]
        object["answers"] = answers?.json
        return .object(object)
    }

    init(_ content: ModelReader) throws(ModelFileError) {
        let labels = try content.texts("labels")
        let confusion = try content.counts("confusion")
        guard confusion.count == labels.count, confusion.allSatisfy({ $0.count == labels.count }) else {
            throw .malformed("confusion")
        }
        guard let standardisation = StandardisationKind(rawValue: try content.text("standardisation")) else {
            throw .malformed("standardisation")
        }
        var answers: AnswerCounts?
        if let part = try content.optionalPart("answers") { answers = try AnswerCounts(part) }
        self.init(
            labels: labels, confusion: confusion,
            calibrationErrorBefore: try content.number("calibration_error_before"),
            calibrationErrorAfter: try content.number("calibration_error_after"), standardisation: standardisation,
            foldCount: try content.integer("folds"), speakerCount: try content.integer("speakers"), answers: answers)
    }
}

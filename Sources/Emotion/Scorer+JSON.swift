import JSON

extension Scorer {
    var json: JSON {
        var content: JSONObject = [
            "kind": .string(kind.rawValue), "standardisation": standardisation.json, "temperature": .number(temperature.value),
        ]
        content["penalty"] = penalty.map(JSON.number)
        classifier.write(to: &content)
        return .object(content)
    }

    init(_ content: ModelReader) throws(ModelFileError) {
        guard let kind = ClassifierKind(rawValue: try content.text("kind")) else { throw .malformed("kind") }
        self.init(
            kind: kind, penalty: kind == .committee ? nil : try content.number("penalty"),
            standardisation: try Standardisation(try content.part("standardisation")),
            classifier: try Classifier(kind, content), temperature: Temperature(value: try content.number("temperature")))
    }

    /// Reads a file of the first format, where the parts stand in the file's own object.
    init(first content: ModelReader) throws(ModelFileError) {
        self.init(
            kind: .logisticRegression, penalty: try content.number("penalty"),
            standardisation: try Standardisation(content),
            classifier: .linear(LinearClassifier(weights: try content.rows("weights"))),
            temperature: Temperature(value: try content.number("temperature")))
    }

    /// Throws where the parts don't fit together.
    func check(_ name: String, featureCount: Int, classCount: Int) throws(ModelFileError) {
        guard featureCount > 0, standardisation.fits(featureCount: featureCount) else {
            throw .malformed("\(name): means or deviations")
        }
        guard classifier.fits(featureCount: featureCount, classCount: classCount) else {
            throw .malformed("\(name): weights")
        }
        guard temperature.value > 0 else { throw .malformed("\(name): temperature") }
    }
}

extension Standardisation {
    var json: JSON { ["means": ModelReader.json(means), "deviations": ModelReader.json(deviations)] }

    init(_ content: ModelReader) throws(ModelFileError) {
        self.init(means: try content.numbers("means"), deviations: try content.numbers("deviations"))
    }

    func fits(featureCount: Int) -> Bool {
        means.count == featureCount && deviations.count == featureCount && deviations.allSatisfy { $0 > 0 }
    }
}

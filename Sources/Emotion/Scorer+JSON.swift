import JSON

extension Scorer {
    var json: JSON {
        var content: JSONObject = [
            "kind": .string(kind.rawValue), "penalty": .number(penalty), "standardisation": standardisation.json,
            "temperature": .number(temperature.value),
        ]
        switch classifier {
        case .linear(let linear): content["weights"] = .array(linear.weights.map(ModelReader.json))
        case .network(let network):
            content["hidden_weights"] = .array(network.hidden.weights.map(ModelReader.json))
            content["weights"] = .array(network.output.weights.map(ModelReader.json))
        }
        return .object(content)
    }

    init(_ content: ModelReader) throws(ModelFileError) {
        guard let kind = ClassifierKind(rawValue: try content.text("kind")) else { throw .malformed("kind") }
        let weights = LinearClassifier(weights: try content.rows("weights"))
        let classifier: Classifier =
            kind == .network
            ? .network(
                NeuralNetwork(hidden: LinearClassifier(weights: try content.rows("hidden_weights")), output: weights))
            : .linear(weights)
        self.init(
            kind: kind, penalty: try content.number("penalty"),
            standardisation: try Standardisation(try content.part("standardisation")), classifier: classifier,
            temperature: Temperature(value: try content.number("temperature")))
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
        guard classifier.classCount == classCount, classifier.fits(featureCount: featureCount) else {
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

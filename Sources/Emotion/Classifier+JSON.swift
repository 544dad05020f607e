import JSON

extension Classifier {
    /// The members of a scorer's object that are this classifier's.
    func write(to content: inout JSONObject) {
        switch self {
        case .linear(let linear): content["weights"] = .array(linear.weights.map(ModelReader.json))
        case .network(let network):
            content["hidden_weights"] = .array(network.hidden.weights.map(ModelReader.json))
            content["weights"] = .array(network.output.weights.map(ModelReader.json))
        case .committee(let committee): content["members"] = .array(committee.members.map(\.json))
        }
    }

    init(_ kind: ClassifierKind, _ content: ModelReader) throws(ModelFileError) {
        switch kind {
        case .logisticRegression, .supportVectors, .discriminant:
            self = .linear(LinearClassifier(weights: try content.rows("weights")))
        case .network:
            self = .network(
                NeuralNetwork(
                    hidden: LinearClassifier(weights: try content.rows("hidden_weights")),
                    output: LinearClassifier(weights: try content.rows("weights"))))
        case .committee:
            var members: [Committee.Member] = []
            for part in try content.parts("members") { members.append(try Committee.Member(part)) }
            self = .committee(Committee(members: members))
        }
    }
}

extension Committee.Member {
    var json: JSON {
        var content: JSONObject = [
            "kind": .string(kind.rawValue), "penalty": .number(penalty), "weight": .number(weight),
        ]
        classifier.write(to: &content)
        return .object(content)
    }

    init(_ content: ModelReader) throws(ModelFileError) {
        // A committee of committees is never written, and reading one could be endless.
        guard let kind = ClassifierKind(rawValue: try content.text("kind")), kind != .committee else {
            throw .malformed("members: kind")
        }
        self.init(
            kind: kind, penalty: try content.number("penalty"),
            weight: try content.number("weight"), classifier: try Classifier(kind, content))
    }
}

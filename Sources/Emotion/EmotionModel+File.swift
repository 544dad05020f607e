import JSON

/// Why a file is no model.
public enum ModelFileError: Error, Equatable, Sendable, CustomStringConvertible {
    case malformed(String)

    public var description: String {
        switch self {
        case .malformed(let detail): "the model file is damaged: \(detail)"
        }
    }
}

extension EmotionModel {
    private static let format = "fairvoice-emotion-model"
    private static let formatVersion: Int64 = 1

    /// The file: canonical JSON, the same bytes for the same model.
    public var bytes: [UInt8] {
        let json: JSON = [
            "format": .string(Self.format), "format_version": .integer(Self.formatVersion),
            "feature_set": .string(featureSet), "feature_set_version": .count(featureSetVersion),
            "labels": .strings(labels), "means": Self.numbers(standardisation.means),
            "deviations": Self.numbers(standardisation.deviations), "weights": .array(weights.map(Self.numbers)),
            "temperature": .number(temperature), "corpora": .array(corpora.map(\.json)), "evaluation": evaluation.json,
        ]
        return json.canonicalBytes()
    }

    /// Reads a file and checks that its parts fit together.
    public init(bytes: [UInt8]) throws {
        let json: JSON
        do { json = try JSON.parse(bytes, limits: .trusted) } catch { throw ModelFileError.malformed("\(error)") }
        guard json["format"]?.asString == Self.format, json["format_version"]?.asInteger == Self.formatVersion else {
            throw ModelFileError.malformed("it is of another format or version")
        }
        guard let featureSet = json["feature_set"]?.asString, let version = json["feature_set_version"]?.asInteger,
            let labels = json["labels"]?.asArray?.compactMap(\.asString), let means = Self.numbers(json["means"]),
            let deviations = Self.numbers(json["deviations"]), let temperature = json["temperature"]?.asNumber,
            let weights = json["weights"]?.asArray?.compactMap({ Self.numbers($0) }),
            let corpora = json["corpora"]?.asArray?.compactMap({ Corpus(json: $0) }),
            let evaluation = json["evaluation"].flatMap({ EmotionEvaluation(json: $0) })
        else { throw ModelFileError.malformed("a member is missing or of another kind") }
        guard labels.count >= 2, weights.count == labels.count, means.count == deviations.count, temperature > 0,
            weights.allSatisfy({ $0.count == means.count + 1 }), deviations.allSatisfy({ $0 > 0 })
        else { throw ModelFileError.malformed("its parts don't fit together") }
        self.init(
            featureSet: featureSet, featureSetVersion: Int(version), labels: labels,
            standardisation: Standardisation(means: means, deviations: deviations), weights: weights,
            temperature: temperature, corpora: corpora, evaluation: evaluation)
    }

    private static func numbers(_ values: [Double]) -> JSON { .array(values.map(JSON.number)) }

    private static func numbers(_ json: JSON?) -> [Double]? {
        guard let elements = json?.asArray else { return nil }
        let values = elements.compactMap(\.asNumber).filter(\.isFinite)
        return values.count == elements.count ? values : nil
    }
}

extension EmotionModel.Corpus {
    public var json: JSON {
        [
            "name": .string(name), "licence": .string(licence), "examples": .count(exampleCount),
            "speakers": .count(speakerCount), "sha256": .string(sha256),
        ]
    }

    init?(json: JSON) {
        guard let name = json["name"]?.asString, let licence = json["licence"]?.asString,
            let examples = json["examples"]?.asInteger, let speakers = json["speakers"]?.asInteger,
            let sha256 = json["sha256"]?.asString
        else { return nil }
        self.init(
            name: name, licence: licence, exampleCount: Int(examples), speakerCount: Int(speakers), sha256: sha256)
    }
}

import JSON

/// The model's file: canonical JSON, the same bytes for the same model, with a check sum against accidental damage.
extension EmotionModel {
    private static let format = "fairvoice-emotion-model"
    /// What is written: a classifier may be a committee, which earlier programs don't know.
    private static let formatVersion: Int64 = 3
    /// What is read. Files of version 2 have no committee, but are the same otherwise.
    private static let formatVersions = firstFormatVersion...formatVersion
    /// Of programs that fitted logistic regression against all speakers alone.
    private static let firstFormatVersion: Int64 = 1
    /// What is read, in words.
    static let readFormats = "versions \(formatVersions.lowerBound) to \(formatVersions.upperBound) of \(format)"
    /// No file may be longer, in bytes.
    public static let fileByteCountMax = 16 << 20
    private static let limits = JSONLimits(byteCountMax: fileByteCountMax, depthMax: 8)
    private static let checkKey = "check"

    /// The file.
    public var bytes: [UInt8] {
        var content = content
        content[Self.checkKey] = .string(Self.checkSum(JSON.object(content).canonicalBytes()))
        return JSON.object(content).canonicalBytes()
    }

    /// Reads a file, checks that it is whole and that its parts fit together.
    public init(bytes: [UInt8]) throws(ModelFileError) {
        let json: JSON
        do throws(JSONError) { json = try JSON.parse(bytes, limits: Self.limits) } catch { throw .malformed("\(error)") }
        guard json["format"]?.asString == Self.format, let version = json["format_version"]?.asInteger,
            Self.formatVersions.contains(version)
        else {
            throw .otherFormat(Self.name(of: json))
        }
        guard var content = json.asObject, let check = content[Self.checkKey]?.asString else { throw .malformed("check") }
        content[Self.checkKey] = nil
        guard check == Self.checkSum(JSON.object(content).canonicalBytes()) else { throw .damaged }
        try self.init(content: ModelReader(json), isFirst: version == Self.firstFormatVersion)
    }

    /// Throws where the model was fitted on other features than these.
    public func require(featureSet: String, version: Int) throws(ModelFileError) {
        guard (self.featureSet, featureSetVersion) == (featureSet, version) else {
            throw .otherFeatures(model: "\(self.featureSet) \(featureSetVersion)", measured: "\(featureSet) \(version)")
        }
    }

    /// What a file says that it is.
    private static func name(of json: JSON) -> String {
        guard json["format"]?.asString == format, let version = json["format_version"]?.asInteger else { return "no model" }
        return "version \(version) of \(format)"
    }

    private var content: JSONObject {
        var content: JSONObject = [
            "format": .string(Self.format), "format_version": .integer(Self.formatVersion),
            "feature_set": .string(featureSet), "feature_set_version": .integer(Int64(featureSetVersion)),
            "labels": .array(labels.map(JSON.string)),
            "scorer": scorer.json, "corpora": .array(corpora.map(\.fileJSON)), "evaluation": evaluation.json,
            "speaker_evaluation": speakerEvaluation.json, "groups": .array(groupScores.map(\.json)),
            "not_for": .array(Self.notFor.map(JSON.string)),
        ]
        content["distance_max"] = distanceMax.map(JSON.number)
        if !soundScores.isEmpty { content["sounds"] = .array(soundScores.map(\.json)) }
        content["speaker_scorer"] = speakerScorer?.json
        if !dimensions.isEmpty { content["dimensions"] = .array(dimensions.map(\.json)) }
        content["reliability_before"] = .array(reliabilityBefore.map(\.json))
        content["reliability_after"] = .array(reliabilityAfter.map(\.json))
        content["speaker_prior"] = speakerPrior?.json
        content["earlier_evaluation"] = earlierEvaluation?.json
        return content
    }

    private init(content: ModelReader, isFirst: Bool) throws(ModelFileError) {
        featureSet = try content.text("feature_set")
        featureSetVersion = try content.integer("feature_set_version")
        labels = try content.texts("labels")
        scorer = isFirst ? try Scorer(first: content) : try Scorer(try content.part("scorer"))
        distanceMax = try content.optionalNumber("distance_max")
        var soundScores: [SoundScore] = []
        for part in try content.parts("sounds", isOptional: true) { soundScores.append(try SoundScore(part)) }
        self.soundScores = soundScores
        var speakerScorer: Scorer?
        if let part = try content.optionalPart("speaker_scorer") { speakerScorer = try Scorer(part) }
        self.speakerScorer = speakerScorer
        var speakerPrior: Standardisation?
        if let part = try content.optionalPart("speaker_prior") { speakerPrior = try Standardisation(part) }
        self.speakerPrior = speakerPrior
        var corpora: [Corpus] = []
        for corpus in try content.parts("corpora") { corpora.append(try Corpus(corpus)) }
        self.corpora = corpora
        evaluation = try EmotionEvaluation(try content.part("evaluation"))
        speakerEvaluation = try EmotionEvaluation(try content.part("speaker_evaluation"))
        var earlierEvaluation: EmotionEvaluation?
        if let part = try content.optionalPart("earlier_evaluation") { earlierEvaluation = try EmotionEvaluation(part) }
        self.earlierEvaluation = earlierEvaluation
        var groupScores: [GroupScore] = []
        for group in try content.parts("groups", isOptional: true) { groupScores.append(try GroupScore(group)) }
        self.groupScores = groupScores
        var dimensions: [DimensionModel] = []
        for part in try content.parts("dimensions", isOptional: true) { dimensions.append(try DimensionModel(part)) }
        self.dimensions = dimensions
        var bins: [[ReliabilityBin]] = []
        for key in ["reliability_before", "reliability_after"] {
            bins.append([])
            for part in try content.parts(key, isOptional: true) { bins[bins.count - 1].append(try ReliabilityBin(part)) }
        }
        (reliabilityBefore, reliabilityAfter) = (bins[0], bins[1])
        try checkParts()
    }

    private func checkParts() throws(ModelFileError) {
        guard labels.count >= 2, Set(labels).count == labels.count else { throw .malformed("labels") }
        try scorer.check("scorer", featureCount: featureCount, classCount: labels.count)
        try speakerScorer?.check("speaker_scorer", featureCount: featureCount, classCount: labels.count)
        guard (speakerScorer == nil) == (speakerPrior == nil), speakerPrior?.fits(featureCount: featureCount) != false else {
            throw .malformed("speaker_prior")
        }
        guard distanceMax.map({ $0 > 0 }) != false else { throw .malformed("distance_max") }
        for dimension in dimensions { try dimension.check(featureCount: featureCount) }
        for one in [evaluation, speakerEvaluation, earlierEvaluation ?? evaluation] where one.labels != labels {
            throw .malformed("evaluation")
        }
    }

    /// FNV-1a over 64 bits, in hexadecimal: against accidents, not against malice.
    private static func checkSum(_ bytes: [UInt8]) -> String {
        let sum = bytes.reduce(0xCBF2_9CE4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
        let digits = String(sum, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }
}

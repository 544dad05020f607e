import Emotion
import JSON
import TestSupport
import Testing

@Suite struct EmotionModelTests {
    private let model: EmotionModel

    init() throws { model = try Crowd(clipCount: 6, distance: 4).model() }

    @Test func `a model comes back from its file as it was, to the last bit`() throws {
        let again = try EmotionModel(bytes: model.bytes)
        #expect(again == model && again.bytes == model.bytes)
        #expect(again.corpora == [Crowd.corpus] && again.labels == model.labels)
        for example in Crowd(distance: 4, seed: 4).examples {
            #expect(again.score(example.vector) == model.score(example.vector))
        }
    }

    @Test func `the file says how corpora, sexes and speakers were recognised`() throws {
        var examples = Crowd(speakerCount: 4, clipCount: 6, distance: 4).examples
        for index in examples.indices { examples[index].sex = index % 2 == 0 ? "f" : "m" }
        let model = try Crowd().model(examples)
        #expect(
            model.groupScores.map(\.facet) == ["corpus", "sex", "sex", "speaker", "speaker", "speaker", "speaker"]
                + [String](repeating: "earlier clips", count: 3))
        #expect(model.groupScores[0].unweightedAverageRecall == model.evaluation.unweightedAverageRecall)
        #expect(model.groupScores[1].exampleCount + model.groupScores[2].exampleCount == examples.count)
    }

    @Test func `any damage to the file is found`() throws {
        var random = SeededRandom(seed: 0xDA)
        let bytes = model.bytes
        for _ in 0..<500 {
            var damaged = bytes
            let at = Int.random(in: 0..<bytes.count, using: &random)
            switch Int.random(in: 0..<3, using: &random) {
            case 0: damaged[at] ^= 1 << UInt8.random(in: 0..<8, using: &random)
            case 1: damaged.removeSubrange(at..<min(bytes.count, at + Int.random(in: 1...9, using: &random)))
            default: damaged.removeLast(bytes.count - at)
            }
            #expect(throws: ModelFileError.self) { try EmotionModel(bytes: damaged) }
        }
    }

    @Test func `other files are refused with a sentence`() {
        for text in ["", "{}", "[]", "null", #"{"format":"fairvoice-emotion-model","format_version":4}"#, #"{"format":"x"}"#] {
            let error = #expect(throws: ModelFileError.self) { try EmotionModel(bytes: Array(text.utf8)) }
            #expect(error?.description.contains("file") == true)
        }
    }

    @Test func `parts that don't fit together are refused, though their check sum is right`() throws {
        let model = try Crowd(clipCount: 6, distance: 4).model(kinds: [.logisticRegression])
        let json = try JSON.parse(model.bytes, limits: .trusted)
        let wrong: [(String, String?, JSON)] = [
            ("labels", nil, ["anger", "neutral"]), ("labels", nil, ["anger", "anger", "sadness"]),
            ("scorer", "standardisation", ["means": [0, 0], "deviations": [1, 1]]),
            ("scorer", "standardisation", ["means": [0, 0, 0, 0, 0, 0], "deviations": [1, 1, 1, 0, 1, 1]]),
            ("scorer", "weights", [[1], [1], [1]]), ("scorer", "temperature", 0), ("scorer", "temperature", "warm"),
            ("scorer", "kind", "oracle"), ("speaker_scorer", "weights", [[1], [1], [1]]),
            ("speaker_prior", nil, ["means": [0], "deviations": [1]]), ("evaluation", nil, .null),
            ("earlier_evaluation", "labels", ["x", "y", "z"]),
            ("corpora", nil, [["name": "x"]]), ("feature_set_version", nil, -1),
        ]
        for (key, part, value) in wrong {
            var object = try #require(json.asObject)
            if let part {
                var inner = try #require(object[key]?.asObject)
                inner[part] = value
                object[key] = .object(inner)
            } else {
                object[key] = value
            }
            let error = #expect(throws: ModelFileError.self) { try EmotionModel(bytes: Self.file(object)) }
            #expect(error != .damaged)
        }
        var half = try #require(json.asObject)
        half["speaker_prior"] = nil
        #expect(throws: ModelFileError.malformed("speaker_prior")) { try EmotionModel(bytes: Self.file(half)) }
    }

    @Test func `a file of the first format is read, and scores as it did`() throws {
        let linear = try Crowd(clipCount: 6, distance: 4).model(kinds: [.logisticRegression])
        var object = try #require(try JSON.parse(linear.bytes, limits: .trusted).asObject)
        let scorer = try #require(object["scorer"]?.asObject)
        for key in ["weights", "temperature", "penalty"] { object[key] = scorer[key] }
        object["means"] = scorer["standardisation"]?["means"]
        object["deviations"] = scorer["standardisation"]?["deviations"]
        for key in ["scorer", "speaker_scorer", "speaker_prior", "earlier_evaluation", "groups", "distance_max"] {
            object[key] = nil
        }
        object["format_version"] = 1
        let first = try EmotionModel(bytes: Self.file(object))
        #expect(first.groupScores.isEmpty && first.speakerKind == nil && first.earlierEvaluation == nil)
        let earlier = Crowd(distance: 4, seed: 4).examples.map(\.vector)
        for vector in earlier {
            let score = linear.score(vector)
            guard score.doubt != .unlikeTraining else { continue }
            #expect(first.score(vector) == score)
            #expect(first.score(vector, earlier: earlier) == score)
        }
    }

    @Test func `a file of the second format is read: it holds no committee`() throws {
        let model = try Crowd(clipCount: 6, distance: 4).model(kinds: [.supportVectors])
        var object = try #require(try JSON.parse(model.bytes, limits: .trusted).asObject)
        object["format_version"] = 2
        #expect(try EmotionModel(bytes: Self.file(object)) == model)
    }

    @Test func `a committee comes back from its file, and its members are told`() throws {
        let committee = try Crowd(speakerCount: 4, clipCount: 6, distance: 2).model(kinds: [.committee])
        let again = try EmotionModel(bytes: committee.bytes)
        #expect(again == committee && again.bytes == committee.bytes)
        #expect(committee.kind == .committee && committee.speakerKind == .committee)
        for kinds in [committee.fittedKinds, committee.speakerFittedKinds] {
            #expect(kinds.count == 2 && kinds[0].kind != kinds[1].kind)
            #expect(kinds.allSatisfy { $0.kind != .committee && $0.kind.penalties.contains($0.penalty) && $0.weight! > 0 })
        }
        for example in Crowd(distance: 2, seed: 4).examples {
            #expect(again.score(example.vector) == committee.score(example.vector))
        }
    }

    @Test func `a committee that is none is refused`() throws {
        let committee = try Crowd(speakerCount: 3, clipCount: 3, distance: 4).model(kinds: [.committee])
        let object = try #require(try JSON.parse(committee.bytes, limits: .trusted).asObject)
        let scorer = try #require(object["scorer"]?.asObject)
        var member = try #require(scorer["members"]?.asArray?.first?.asObject)
        var wrong: [JSON] = [[], "members", .object(scorer), [.object(scorer)]]
        let changes: [(String, JSON)] = [("weight", 0), ("weight", -1), ("weights", [[1], [1], [1]]), ("penalty", "much")]
        for (key, value) in changes {
            let right = member[key]
            member[key] = value
            wrong.append([.object(member)])
            member[key] = right
        }
        for members in wrong {
            var (object, scorer) = (object, scorer)
            scorer["members"] = members
            object["scorer"] = .object(scorer)
            let error = #expect(throws: ModelFileError.self) { try EmotionModel(bytes: Self.file(object)) }
            #expect(error != .damaged)
        }
    }

    @Test func `a score is a distribution over all labels`() {
        for example in Crowd(distance: 4, seed: 5).examples {
            let score = model.score(example.vector)
            #expect(score.distribution.map(\.label) == model.labels)
            #expect(abs(score.distribution.reduce(0) { $0 + $1.probability } - 1) < 1e-12)
            #expect(score.confidence == score.distribution.map(\.probability).max())
            #expect((score.label == "unknown") == (score.doubt != nil))
            #expect(score.label == "unknown" || score.confidence >= model.unknownBelow)
        }
    }

    @Test func `a label that is hardly likelier than others is not named`() throws {
        #expect(abs(model.unknownBelow - (1.0 / 3 + 0.2 * 2 / 3)) < 1e-12)
        let vague = try Crowd(clipCount: 12, distance: 1).model()
        var random = SeededRandom(seed: 0x0B)
        var unknownCount = 0
        for _ in 0..<1000 {
            let score = vague.score((0..<6).map { _ in Float.random(in: -1...2, using: &random) })
            #expect((score.label == "unknown") == (score.confidence < vague.unknownBelow))
            unknownCount += score.label == "unknown" ? 1 : 0
        }
        #expect((1..<500).contains(unknownCount))
        #expect(model.score([4, 0, 0, 0, 0, 0]).label == "anger")
    }

    @Test func `a recording of which little could be measured has no label`() {
        #expect(model.score([6, 0, 0, nil, nil, nil]).label == "anger")
        #expect(model.score([6, 0, nil, nil, nil, .nan]).label == "unknown")
        let nothing = model.score([Float?](repeating: nil, count: 6))
        #expect(nothing.label == "unknown" && nothing.doubt == .littleMeasured && nothing.confidence == 1.0 / 3)
        #expect(nothing.distribution.allSatisfy { $0.probability == 1.0 / 3 })
    }

    @Test func `what lies far from the training data has no label, and no label is likelier than others`() throws {
        for vector in [[40, 0, 0, 0, 0, 0], [6, 6, 6, 9, 9, 9], [0, 0, 0, -30, 30, 30]] as [[Float?]] {
            let score = model.score(vector)
            #expect(score.label == "unknown" && score.doubt == .unlikeTraining)
            #expect(score.distribution.allSatisfy { $0.probability == 1.0 / 3 } && score.confidence == 1.0 / 3)
        }
        let fresh = Crowd(speakerCount: 20, distance: 4, seed: 8).examples.map { model.score($0.vector) }
        let refusedShare = Double(fresh.count { $0.doubt == .unlikeTraining }) / Double(fresh.count)
        // One in a hundred, as far as a quantile of so few examples can tell.
        #expect(refusedShare < 0.06)
        // Files of programs that did not write the distance.
        var object = try #require(try JSON.parse(model.bytes, limits: .trusted).asObject)
        object["distance_max"] = nil
        let old = try EmotionModel(bytes: Self.file(object))
        #expect(old.score([40, 0, 0, 0, 0, 0]).label == "anger")
    }

    @Test func `what the corpora ask for and the hashes of their files come back from the file`() throws {
        let hashes = ["0011223344556677", "8899aabbccddeeff"]
        let corpus = EmotionModel.Corpus(
            name: "crowd", licence: "CC0-1.0", citation: "Crowd et al., 2026", exampleCount: 2, speakerCount: 2, sha256: "ab",
            manifestSHA256: "cd", fileHashes: hashes)
        let trainer = EmotionTrainer(featureSet: "test", version: 1, featureCount: 6, kinds: [.logisticRegression])
        let model = try trainer.train(Crowd(clipCount: 3, distance: 4).examples, corpora: [corpus])
        #expect(try EmotionModel(bytes: model.bytes).corpora == [corpus])
        for wrong in [JSON.string("0011"), .string("xyz"), 7] {
            var object = try #require(try JSON.parse(model.bytes, limits: .trusted).asObject)
            var part = try #require(object["corpora"]?.asArray?[0].asObject)
            part["file_hashes"] = wrong
            object["corpora"] = .array([.object(part)])
            #expect(throws: ModelFileError.malformed("file_hashes")) { try EmotionModel(bytes: Self.file(object)) }
        }
    }

    @Test func `a vector of another length is never scored`() {
        for vector in [[], [4, 0, 0], [4, 0, 0, 0, 0, 0, 0]] as [[Float?]] {
            let score = model.score(vector)
            #expect(score.label == "unknown" && score.distribution.allSatisfy { $0.probability == 1.0 / 3 })
        }
    }

    @Test func `a model of other features is told`() throws {
        try model.require(featureSet: "test", version: 1)
        for (name, version) in [("test", 2), ("other", 1)] {
            let error = #expect(throws: ModelFileError.self) { try model.require(featureSet: name, version: version) }
            #expect(error?.description.contains("test 1") == true)
        }
    }

    /// A file of these members with its right check sum.
    private static func file(_ object: JSONObject) -> [UInt8] {
        var object = object
        object["check"] = nil
        object["check"] = .string(checkSum(JSON.object(object).canonicalBytes()))
        return JSON.object(object).canonicalBytes()
    }

    /// FNV-1a.
    private static func checkSum(_ bytes: [UInt8]) -> String {
        let sum = bytes.reduce(0xCBF2_9CE4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
        let digits = String(sum, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }
}

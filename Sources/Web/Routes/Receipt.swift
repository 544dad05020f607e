import Domain
import HTTP
import JSON
import Market
import Storage

/// A recording with everything that was measured, decided and paid.
struct Receipt {
    let json: JSON

    init(_ recording: Recording, in db: Connection) throws {
        let analyses = try Analyses.all(of: recording.id, in: db)
        let analysis = analyses.first
        let document = try analysis.map { try JSON.parse(Array($0.document.utf8), limits: .trusted) }
        var emotion = try analysis?.emotion.map { try JSON.parse(Array($0.utf8), limits: .trusted) }?.asObject
        emotion?["model"] = .orNull(analysis?.model)
        var object = recording.summary
        object["measurements"] = document?["measurements"] ?? .null
        object["checks"] = document?["checks"] ?? []
        object["fix"] = document?["fix"] ?? .null
        object["error"] = document?["error"] ?? .null
        object["emotion_score"] = .orNull(emotion.map(JSON.object))
        object["features"] = try analysis?.features.map { try JSON.parse(Array($0.utf8), limits: .trusted) } ?? .null
        object["analyser"] = .orNull(analysis?.analyser)
        object["later_analyses"] = .array(try analyses.dropFirst().map(Self.later))
        object["pay"] = .orNull(try Earnings.find(recording.id, in: db).map(Self.json))
        object["appeal"] = .orNull(try Appeals.find(of: recording.id, in: db).map(\.json))
        json = .object(object)
    }

    /// What a newer analyser found: shown, but nothing was decided by it.
    private static func later(_ analysis: Analyses.Record) throws -> JSON {
        let document = try JSON.parse(Array(analysis.document.utf8), limits: .trusted)
        var emotion = try analysis.emotion.map { try JSON.parse(Array($0.utf8), limits: .trusted) }?.asObject
        emotion?["model"] = .orNull(analysis.model)
        return [
            "analyser": .string(analysis.analyser), "measured_at": analysis.measuredAt.json,
            "measurements": document["measurements"] ?? .null, "emotion_score": .orNull(emotion.map(JSON.object)),
        ]
    }

    private static func qualitySentence(_ factor: Factor) -> String {
        factor > .one ? "What a grade above B adds: × \(factor)." : "No premium: only a grade above B earns one."
    }

    private static func json(_ earning: Earnings.Record) -> JSON {
        func line(_ code: String, _ sentence: String, _ amount: Money) -> JSON {
            ["code": .string(code), "sentence": .string(sentence), "amount": amount.json]
        }
        return [
            "lines": .array(
                [
                    line(
                        "base", "The quoted price before tier, for the finished time, at grade B or what a lower grade leaves.",
                        earning.base),
                    line("tier_premium", "What your tier adds: × \(earning.tierFactor).", earning.tierPremium),
                    line("quality_premium", Self.qualitySentence(earning.gradeFactor), earning.qualityPremium),
                ]
                    + (earning.bounty.micros > 0
                        ? [line("bounty", "What a buyer's bounty adds, at grade B or what a lower grade leaves.", earning.bounty)]
                        : [])),
            "total": earning.total.json, "transaction": .string(earning.entry),
        ]
    }
}

extension Recording {
    /// What a list shows.
    var summary: JSONObject {
        [
            "id": .string(id.text), "status": .string(status.rawValue), "quote": .string(quote.text),
            "scenario": .orNull(scenario?.text), "filename": .orNull(filename), "media_type": .string(mediaType),
            "byte_count": .integer(byteCount), "sha256": .string(sha256), "created_at": createdAt.json,
            "language": .string(cell.language.tag), "accent": .orNull(cell.accent),
            "register": .orNull(cell.register?.rawValue), "setting": .orNull(cell.setting?.rawValue),
            "elicitation": .string(elicitation.rawValue), "emotion": .orNull(cell.emotion?.rawValue),
            "decided_at": (decision?.at).json, "grade": .orNull(decision?.grade.rawValue),
            "reasons": .strings(decision?.reasons ?? []),
            "duration_seconds": .orNull(decision?.durationMilliseconds.map { Double($0) / 1000 }),
            "perceived_emotion": .orNull(perceivedEmotion), "agreement": .orNull(perception?.agreementShare),
            "review_count": .integer(perception?.reviewCount ?? 0), "withdrawn_at": withdrawnAt.json,
        ]
    }
}

extension Schema {
    static let recordingProperties: [Property] = [
        .required("id", .id(Recording.self), "The recording"),
        .required("status", .choice(Recording.Status.self), "Where it stands"),
        .required("quote", .id(Quote.self), "Under which it is paid"),
        .required("scenario", .nullable(.id(Scenario.self)), "What was said or acted"),
        .required("filename", .nullable(.string()), "Your name for it"),
        .required("media_type", .string(), "As declared until the analysis has seen what it is"),
        .required("byte_count", .integer(0...Int64.max), "Size in bytes"), .required("sha256", .sha256, "Of the bytes"),
        .required("created_at", .timestamp, "When it was uploaded"), .required("language", .language, "Language"),
        .required("accent", .nullable(.string()), "Accent"), .required("register", .nullable(.choice(Register.self)), "Register"),
        .required("setting", .nullable(.choice(Setting.self)), "Setting"),
        .required("elicitation", .choice(Elicitation.self), "Elicitation"),
        .required("emotion", .nullable(.choice(Emotion.self)), "Intended emotion"),
        .required("decided_at", .nullable(.timestamp), "When the analysis ended"),
        .required("grade", .nullable(.choice(Grade.self)), "What the measured quality earns"),
        .required("reasons", .array(of: .string()), "Codes of a rejection"),
        .required("duration_seconds", .nullable(.number()), "Finished seconds"),
        .required(
            "perceived_emotion", .nullable(.string()),
            "What at least three reviewers hear; until then the active model's best label, null without a model"),
        .required("agreement", .nullable(.number(0...1)), "The share of reviewers who hear it; null with fewer than three"),
        .required("review_count", .integer(), "Reviewers behind it"),
        .required("withdrawn_at", .nullable(.timestamp), "When it was withdrawn"),
    ]

    static let recordingSummary = named("RecordingSummary", object(recordingProperties))

    static let recording = named(
        "Recording",
        object(
            recordingProperties + [
                .required("measurements", .nullable(object([], isOpen: true)), "What was measured, with units in the names"),
                .required(
                    "checks", .array(of: object([], isOpen: true)), "Each measure with its thresholds and the grade it earns"),
                .required("fix", .nullable(.string()), "One thing to do for a better grade"),
                .required(
                    "error",
                    .nullable(
                        object([
                            .required("code", .string(), "Reason code"),
                            .required("sentence", .string(), "In plain words, with the fix"),
                        ])), "Why it could not be measured"),
                .required("emotion_score", .nullable(object([], isOpen: true)), "Null where no model is active"),
                .required(
                    "features", .nullable(object([], isOpen: true)), "Acoustic features by name; null where not measurable"),
                .required("analyser", .nullable(.string()), "Version of the analyser that the decision rests on"),
                .required(
                    "later_analyses",
                    .array(
                        of: object([
                            .required("analyser", .string(), "Version of the analyser"),
                            .required("measured_at", .timestamp, "When"),
                            .required("measurements", .nullable(object([], isOpen: true)), "What was measured"),
                            .required("emotion_score", .nullable(object([], isOpen: true)), "Null where no model was active"),
                        ])), "What newer analysers found; nothing is decided or paid by it"),
                .required("appeal", .nullable(.appeal), "The second look that was asked for"),
                .required(
                    "pay",
                    .nullable(
                        object([
                            .required(
                                "lines",
                                .array(
                                    of: object([
                                        .required("code", .string(), "Which line"),
                                        .required("sentence", .string(), "In plain words"),
                                        .required("amount", .money, "How much"),
                                    ])), "Line by line"),
                            .required("total", .money, "The sum"), .required("transaction", .ledgerEntry, "In the books"),
                        ])), "What it earned"),
            ]))
}

import Domain
import HTTP
import JSON
import Market
import Storage

/// A recording with everything that was measured, decided and paid.
struct Receipt {
    let recording: Recording
    private let analysis: Analyses.Record?
    /// What the analysis found, as it wrote it.
    private let document: JSON
    private let later: [LaterAnalysis]
    private let pay: Earnings.Record?
    private let appeal: Appeal?

    init(_ recording: Recording, in db: Connection) throws {
        self.recording = recording
        let analyses = try Analyses.all(of: recording.id, in: db)
        analysis = analyses.first
        document = try analysis.map { try Self.read($0.document) } ?? .null
        later = try analyses.dropFirst().map(LaterAnalysis.init)
        pay = try Earnings.find(recording.id, in: db)
        appeal = try Appeals.find(of: recording.id, in: db)
    }

    fileprivate static func read(_ text: String) throws -> JSON { try JSON.parse(Array(text.utf8), limits: .trusted) }
}

extension Receipt: JSONDescribed {
    static func describe(_ members: inout some JSONMembers<Receipt>) {
        members.include(Recording.self) { $0.recording }
        members.required(
            "measurements", .nullable(.object([], isOpen: true)), "What was measured, with units in the names"
        ) { $0.document["measurements"] ?? .null }
        members.required(
            "checks", .array(of: .object([], isOpen: true)), "Each measure with its thresholds and the grade it earns"
        ) { $0.document["checks"] ?? [] }
        members.required("fix", .nullable(.string()), "One thing to do for a better grade") { $0.document["fix"] ?? .null }
        members.required(
            "flags", .array(of: .analysisError), "What stands out for a person to look at; it decides nothing"
        ) { $0.document["flags"] ?? [] }
        members.required("error", .nullable(.analysisError), "Why it could not be measured") { $0.document["error"] ?? .null }
        members.required("emotion_score", .nullable(.object([], isOpen: true)), "Null where no model is active") {
            $0.analysis?.score
        }
        members.required(
            "features", .nullable(.object([], isOpen: true)), "Acoustic features by name; null where not measurable"
        ) { $0.analysis?.features.map(JSONText.init) }
        members.required("analyser", .nullable(.string()), "Version of the analyser that the decision rests on") {
            $0.analysis?.analyser
        }
        members.required(
            "later_analyses", .array(of: .object(Schema.properties(of: LaterAnalysis.self))),
            "What newer analysers found; nothing is decided or paid by it"
        ) { $0.later }
        members.required("appeal", .nullable(.appeal), "The second look that was asked for") { $0.appeal?.json }
        members.required("pay", .nullable(.object(Schema.properties(of: Earnings.Record.self))), "What it earned") { $0.pay }
    }
}

/// What a newer analyser found: shown, but nothing was decided by it.
private struct LaterAnalysis: JSONDescribed {
    let analysis: Analyses.Record
    let document: JSON

    init(_ analysis: Analyses.Record) throws {
        self.analysis = analysis
        document = try Receipt.read(analysis.document)
    }

    static func describe(_ members: inout some JSONMembers<LaterAnalysis>) {
        members.required("analyser", .string(), "Version of the analyser") { $0.analysis.analyser }
        members.required("measured_at", .timestamp, "When") { $0.analysis.measuredAt }
        members.required("measurements", .nullable(.object([], isOpen: true)), "What was measured") {
            $0.document["measurements"] ?? .null
        }
        members.required("emotion_score", .nullable(.object([], isOpen: true)), "Null where no model was active") {
            $0.analysis.score
        }
    }
}

extension Analyses.Record {
    /// The scores with the model that gave them.
    fileprivate var score: JSON? {
        guard let emotion, var object = (try? Receipt.read(emotion))?.asObject else { return nil }
        object["model"] = .orNull(model)
        return .object(object)
    }
}

extension Earnings.Record: JSONDescribed {
    static func describe(_ members: inout some JSONMembers<Earnings.Record>) {
        members.required("lines", .array(of: .object(Schema.properties(of: PayLine.self))), "Line by line") { $0.lines }
        members.required("total", .money, "The sum") { $0.total }
        members.required("transaction", .ledgerEntry, "In the books") { $0.entry }
    }

    private var lines: [PayLine] {
        let quality =
            gradeFactor > .one ? "What a grade above B adds: × \(gradeFactor)." : "No premium: only a grade above B earns one."
        let own = [
            PayLine(
                code: "base",
                sentence: "The quoted price before tier, for the finished time, at grade B or what a lower grade leaves.",
                amount: base),
            PayLine(code: "tier_premium", sentence: "What your tier adds: × \(tierFactor).", amount: tierPremium),
            PayLine(code: "quality_premium", sentence: quality, amount: qualityPremium),
        ]
        guard bounty.micros > 0 else { return own }
        let sentence = "What a buyer's bounty adds, at grade B or what a lower grade leaves."
        return own + [PayLine(code: "bounty", sentence: sentence, amount: bounty)]
    }
}

private struct PayLine: JSONDescribed {
    let code: String
    let sentence: String
    let amount: Money

    static func describe(_ members: inout some JSONMembers<PayLine>) {
        members.required("code", .string(), "Which line") { $0.code }
        members.required("sentence", .string(), "In plain words") { $0.sentence }
        members.required("amount", .money, "How much") { $0.amount }
    }
}

/// What a list shows of a recording.
extension Recording: JSONDescribed {
    static func describe(_ members: inout some JSONMembers<Recording>) {
        members.required("id", .id(Recording.self), "The recording") { $0.id }
        members.required("status", .choice(Recording.Status.self), "Where it stands") { $0.status.rawValue }
        members.required("quote", .id(Quote.self), "Under which it is paid") { $0.quote }
        members.required("scenario", .nullable(.id(Scenario.self)), "What was said or acted") { $0.scenario }
        members.required("filename", .nullable(.string()), "Your name for it") { $0.filename }
        members.required("media_type", .string(), "As declared until the analysis has seen what it is") { $0.mediaType }
        members.required("byte_count", .integer(0...Int64.max), "Size in bytes") { $0.byteCount }
        members.required("sha256", .sha256, "Of the bytes") { $0.sha256 }
        members.required("created_at", .timestamp, "When it was uploaded") { $0.createdAt }
        members.required("language", .language, "Language") { $0.cell.language }
        members.required("accent", .nullable(.string()), "Accent") { $0.cell.accent }
        members.required("register", .nullable(.choice(Register.self)), "Register") { $0.cell.register?.rawValue }
        members.required("setting", .nullable(.choice(Setting.self)), "Setting") { $0.cell.setting?.rawValue }
        members.required("elicitation", .choice(Elicitation.self), "Elicitation") { $0.elicitation.rawValue }
        members.required("emotion", .nullable(.choice(Emotion.self)), "Intended emotion") { $0.cell.emotion?.rawValue }
        members.required("decided_at", .nullable(.timestamp), "When the analysis ended") { $0.decision?.at }
        members.required("grade", .nullable(.choice(Grade.self)), "What the measured quality earns") {
            $0.decision?.grade.rawValue
        }
        members.required("reasons", .array(of: .string()), "Codes of a rejection") { $0.decision?.reasons ?? [] }
        members.required("duration_seconds", .nullable(.number()), "Finished seconds") { $0.durationSeconds }
        members.required(
            "perceived_emotion", .nullable(.string()),
            "What at least three reviewers hear; until then the active model's best label, null without a model"
        ) { $0.perceivedEmotion }
        members.required(
            "agreement", .nullable(.number(0...1)), "The share of reviewers who hear it; null with fewer than three"
        ) { $0.perception?.agreementShare }
        members.required("review_count", .integer(), "Reviewers behind it") { $0.perception?.reviewCount ?? 0 }
        members.required("withdrawn_at", .nullable(.timestamp), "When it was withdrawn") { $0.withdrawnAt }
    }
}

extension Recording {
    /// Finished seconds, once they are measured.
    var durationSeconds: Double? { decision?.durationMilliseconds.map { Double($0) / 1000 } }
}

extension Schema {
    static let recordingSummary = described("RecordingSummary", Recording.self)
    static let recording = described("Recording", Receipt.self)

    fileprivate static let analysisError = object([
        .required("code", .string(), "Reason code"), .required("sentence", .string(), "In plain words, with the fix"),
    ])
}

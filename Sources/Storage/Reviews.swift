import Domain
import GRDB
import JSON

public enum Reviews {
    public static func insert(_ review: Review, in db: Connection) throws {
        let judgement = review.judgement
        let weights = JSON.object(
            JSONObject(
                members: Emotion.allCases.compactMap { emotion in
                    judgement.emotions[emotion].map { (emotion.rawValue, .integer($0)) }
                }))
        try db.cachedStatement(
            sql: """
                INSERT INTO review (id, assignment, recording, reviewer, language, kind, usable, reasons, emotion, emotions,
                    arousal, valence, dominance, currency, pay, entry, created_at)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """
        ).execute(arguments: [
            review.id.text, review.assignment.text, review.recording.text, review.reviewer.text, review.language.tag,
            review.kind.rawValue, judgement.isUsable, judgement.reasons.map(\.rawValue).joined(separator: " "),
            judgement.topEmotion?.rawValue, weights.description, judgement.ratings?.arousal, judgement.ratings?.valence,
            judgement.ratings?.dominance, review.pay.currency.code, review.pay.micros, review.entry,
            review.createdAt.milliseconds,
        ])
    }

    /// The review that answered an assignment.
    public static func find(of assignment: ID<ReviewAssignment>, in db: Connection) throws -> Review? {
        try db.row("SELECT * FROM review WHERE assignment = ?", [assignment.text]).map(read)
    }

    /// One person's, newest first.
    public static func list(by reviewer: ID<Contributor>, _ page: PageRequest, in db: Connection) throws -> Page<Review> {
        let rows = try db.rows(
            "SELECT * FROM review WHERE reviewer = ?1 AND (?2 IS NULL OR id < ?2) ORDER BY id DESC LIMIT ?3",
            [reviewer.text, page.after, page.limit + 1])
        return Page(rows.map(read), limit: page.limit)
    }

    /// A review with what its price was made of.
    public struct Priced: Sendable {
        public let review: Review
        public let rateCard: Int64
        /// The recording's length.
        public let durationMilliseconds: Int64
    }

    /// One person's with their prices, oldest first.
    public static func priced(by reviewer: ID<Contributor>, _ page: PageRequest, in db: Connection) throws -> Page<Priced> {
        let sql = """
            SELECT review.*, review_assignment.rate_card, coalesce(recording.duration_ms, 0) AS duration_ms
            FROM review JOIN review_assignment ON review_assignment.id = review.assignment
            JOIN recording ON recording.id = review.recording
            WHERE review.reviewer = ? AND review.id > ? ORDER BY review.id LIMIT ?
            """
        let rows = try db.rows(sql, [reviewer.text, page.after ?? "", page.limit + 1])
        return Page(
            rows.map { Priced(review: read($0), rateCard: $0["rate_card"], durationMilliseconds: $0["duration_ms"]) },
            limit: page.limit)
    }

    /// What was said of a recording, gold answers apart, oldest first.
    public static func judgements(
        of recording: ID<Recording>, kind: ReviewAssignment.Kind? = nil, in db: Connection
    ) throws -> [Judgement] {
        let statement = try db.cachedStatement(
            sql: "SELECT * FROM review WHERE recording = ?1 AND kind <> 'gold' AND (?2 IS NULL OR kind = ?2) ORDER BY id")
        return try Row.fetchAll(statement, arguments: [recording.text, kind?.rawValue]).map { read($0).judgement }
    }

    /// Keeps a recording's counts and perception in step with its reviews.
    public static func keep(
        _ perception: Perception?, reviewCount: Int, heardCount: Int, of recording: ID<Recording>, in db: Connection
    ) throws {
        try db.cachedStatement(
            sql: "UPDATE recording SET review_count = ?, heard_count = ?, heard_emotion = ?, agreement = ? WHERE id = ?"
        ).execute(arguments: [
            reviewCount, heardCount, perception?.emotion.rawValue, perception?.agreement.thousandths, recording.text,
        ])
    }

    /// How many reviews each person gave of a snapshot's recordings, gold answers apart, in the order of the people's ids.
    ///
    /// - Parameter licence: counts what was there when it was granted; ids of both rise with the commits that made them.
    public static func counts(
        of snapshot: ID<Snapshot>, before licence: ID<Licence>, in db: Connection
    ) throws -> [(reviewer: ID<Contributor>, count: Int64)] {
        let sql = """
            SELECT review.reviewer, count(*) AS reviews
            FROM snapshot_member AS member JOIN review ON review.recording = member.recording
            WHERE member.snapshot = ?1 AND review.kind <> 'gold' AND substr(review.id, instr(review.id, '_')) < substr(?2, instr(?2, '_'))
            GROUP BY review.reviewer ORDER BY review.reviewer
            """
        return try db.rows(sql, [snapshot.text, licence.text]).map {
            ($0.id("reviewer"), $0["reviews"])
        }
    }

    /// Languages in which somebody reviewed, in the order of their tags.
    public static func languages(in db: Connection) throws -> [Language] {
        try String.fetchAll(
            db.cachedStatement(sql: "SELECT DISTINCT language FROM review WHERE kind <> 'appeal' ORDER BY language")
        )
        .compactMap(Language.init)
    }

    /// Every review of a language with what is right where that is known. Second looks at rejections are left out: whether a
    /// borderline recording can be used is no question of hearing right.
    public static func evidence(in language: Language, _ db: Connection) throws -> [ReviewEvidence] {
        let sql = """
            SELECT review.recording, review.reviewer, review.emotion, gold_item.id AS gold, gold_item.emotion AS answer
            FROM review LEFT JOIN gold_item ON gold_item.recording = review.recording AND gold_item.retired_at IS NULL
            WHERE review.language = ? AND review.kind <> 'appeal' ORDER BY review.recording, review.reviewer
            """
        return try db.rows(sql, [language.tag]).map { row in
            let isGold = (row["gold"] as String?) != nil
            return ReviewEvidence(
                recording: row.id("recording"), reviewer: row.id("reviewer"), heard: row.optionalWord("emotion"),
                gold: isGold ? .init(emotion: row.optionalWord("answer")) : nil)
        }
    }

    private static func read(_ row: Row) -> Review {
        let weights = (try? JSON.parse(Array((row["emotions"] as String).utf8), limits: .trusted))?.asObject ?? JSONObject()
        let emotions = Dictionary(
            uniqueKeysWithValues: Emotion.allCases.compactMap { emotion in
                weights[emotion.rawValue]?.asInteger.map { (emotion, $0) }
            })
        let arousal: Int64? = row["arousal"]
        return Review(
            id: row.id("id"), assignment: row.id("assignment"), recording: row.id("recording"), reviewer: row.id("reviewer"),
            language: Language(row["language"])!, kind: row.word("kind"),
            judgement: Judgement(
                emotions: emotions,
                ratings: arousal.map { .init(arousal: $0, valence: row["valence"], dominance: row["dominance"]) },
                isUsable: row["usable"],
                reasons: (row["reasons"] as String).split(separator: " ").compactMap { Review.Reason(rawValue: String($0)) }),
            pay: row.money("pay"), entry: row["entry"], createdAt: row.time("created_at"))
    }
}

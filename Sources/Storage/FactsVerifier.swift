import Crypto
import Domain
import Foundation
import GRDB
import JSON
import Ledger

/// Recomputes what nouns say of prices, pay and royalties from what was signed, hashed and measured.
struct FactsVerifier {
    let db: Connection
    private(set) var findings: [VerificationReport.Finding] = []
    private var keys: [String: Ed25519.PublicKey] = [:]
    /// Those whose hash is right, by number.
    private(set) var cards: [Int64: RateCard] = [:]

    init(_ db: Connection) { self.db = db }

    mutating func run() throws {
        try loadKeys()
        try each("rate_card", "number") { verifier, row in try verifier.checkRateCard(row) }
        try each("consent_text", "version") { _, row in
            Hex.encode(SHA256.hash(try row.value("body", String.self).utf8)) == (try row.value("sha256", String.self))
        }
        try each("emotion_model", "id") { _, row in
            Hex.encode(SHA256.hash(try row.value("file", Data.self))) == (try row.value("sha256", String.self))
        }
        try each("quote", "id") { verifier, row in try verifier.checkQuote(row) }
        // A grant is of the text that was shown.
        try each("consent", "id") { verifier, row in
            let text = try Row.fetchOne(
                verifier.db, sql: "SELECT sha256 FROM consent_text WHERE version = ?",
                arguments: [row.value("text_version", String.self)])
            return try text?.value("sha256") == row.value("text_sha256", String.self)
        }
        try each("revocation", "id") { verifier, row in try verifier.checkRevocation(row) }
        try each("earning", "recording") { verifier, row in try verifier.checkEarning(row) }
        try each("snapshot", "id") { verifier, row in try verifier.checkSnapshot(row) }
        try each("licence", "id") { verifier, row in try verifier.checkLicence(row) }
    }

    /// Runs a check on each row of a table; one that fails or can't be read is a finding.
    private mutating func each(_ table: String, _ key: String, _ check: (inout Self, Row) throws -> Bool) throws {
        let rows = try Row.fetchCursor(db, sql: "SELECT * FROM \(table) NOT INDEXED ORDER BY \(key)")
        while let row = try rows.next() {
            if !((try? check(&self, row)) ?? false) {
                findings.append(.disagreement("\(table) \(row[key] as DatabaseValue) is not what was signed, hashed or computed"))
            }
        }
    }

    private mutating func loadKeys() throws {
        for row in try Row.fetchAll(db, sql: "SELECT id, seed, public_key FROM signing_key") {
            let bytes = [UInt8](try row.value("public_key", Data.self))
            let id = try row.value("id", String.self)
            keys[id] = Ed25519.PublicKey(bytes: bytes)
            let derived = Ed25519.PrivateKey(seed: [UInt8](try row.value("seed", Data.self)))?.publicKey
            guard let derived, derived.bytes == bytes, JWK(derived).keyID == id else {
                findings.append(.disagreement("signing key \(id) does not belong to its seed"))
                continue
            }
        }
    }

    private mutating func checkRateCard(_ row: Row) throws -> Bool {
        let number: Int64 = try row.value("number")
        let document = Array(try row.value("document", String.self).utf8)
        guard Hex.encode(SHA256.hash(document)) == (try row.value("sha256", String.self)) else { return false }
        cards[number] = try RateCard(json: JSON.parse(document, limits: .trusted), number: number)
        return true
    }

    /// The payload is what was signed, and the columns are the payload's.
    private func checkQuote(_ row: Row) throws -> Bool {
        let payload = Array(try row.value("payload", String.self).utf8)
        guard try JWS.verify(row.value("jws", String.self), keys: keys) == payload else { return false }
        let signed = try JSON.parse(payload, limits: .trusted)
        let request = signed["request"]
        for column in ["language", "accent", "register", "setting", "elicitation", "emotion", "tier"] {
            guard request?[column]?.asString == (try row.optionalValue(column)) else { return false }
        }
        let card = try Row.fetchOne(
            db, sql: "SELECT sha256 FROM rate_card WHERE number = ?", arguments: [row.value("rate_card", Int64.self)])
        let hourly = (signed["lines"]?.asArray ?? []).compactMap { $0["per_finished_hour"] }
        return try signed["quote"]?.asString == row.value("id") && signed["contributor"]?.asString == row.value("contributor")
            && signed["issued_at"]?.asString == row.moment("issued_at")
            && signed["expires_at"]?.asString == row.moment("expires_at")
            && signed["seconds_max"]?.asInteger == row.value("seconds_max")
            && signed["rate_card"]?["number"]?.asInteger == row.value("rate_card")
            && signed["rate_card"]?["sha256"]?.asString == card?.value("sha256")
            && hourly.contains(row.amount("hourly")) && hourly.contains(row.amount("hourly_before_tier"))
    }

    private func checkRevocation(_ row: Row) throws -> Bool {
        let signed = try JSON.parse(JWS.verify(row.value("jws", String.self), keys: keys), limits: .trusted)
        return try signed["sequence"]?.asInteger == row.value("sequence") && signed["revocation"]?.asString == row.value("id")
            && signed["recording"]?.asString == row.value("recording") && signed["sha256"]?.asString == row.value("sha256")
            && signed["reason"]?.asString == row.value("reason") && signed["revoked_at"]?.asString == row.moment("revoked_at")
    }

    /// The lines of a recording's pay follow from its quote, its length and its grade; so does its weight in royalties.
    private func checkEarning(_ row: Row) throws -> Bool {
        let joined = try Row.fetchOne(
            db,
            sql: """
                SELECT sample_count, sample_rate_hz, duration_ms, weight, grade, tier, hourly, hourly_before_tier, rate_card,
                    recording.contributor AS speaker, quote.contributor AS quoted, quote.currency
                FROM recording JOIN quote ON quote.id = recording.quote WHERE recording.id = ?
                """, arguments: [row.value("recording", String.self)])
        guard let joined, let currency = Currency(code: try joined.value("currency")),
            let card = cards[try joined.value("rate_card")], let grade = Grade(rawValue: try joined.value("grade")),
            let tier = Tier(rawValue: try joined.value("tier"))
        else { return false }
        let (samples, rate): (Int64, Int64) = try (joined.value("sample_count"), joined.value("sample_rate_hz"))
        let (hourly, beforeTier): (Int64, Int64) = try (joined.value("hourly"), joined.value("hourly_before_tier"))
        let factors = (grade: card.grades[grade] ?? .one, tier: card.tiers[tier] ?? .one)
        // What lies outside can't have been paid, and would overflow.
        guard (1...1 << 20).contains(rate), (0...rate << 20).contains(samples), (0...1 << 43).contains(hourly),
            (0...1 << 43).contains(beforeTier)
        else { return false }
        let pay = Pay(
            hourlyBeforeTier: Money(micros: beforeTier, currency: currency), hourly: Money(micros: hourly, currency: currency),
            gradeFactor: factors.grade, sampleCount: samples, sampleRateHz: rate)
        let milliseconds = Int64(Rounding.halfToEven(Int128(samples) * 1000, over: Int128(rate)))
        let weight = Recording.weight(durationMilliseconds: milliseconds, gradeFactor: factors.grade, tierFactor: factors.tier)
        let contributor = try row.value("contributor", String.self)
        return try pay.base.micros == row.value("base") && pay.tierPremium.micros == row.value("tier_premium")
            && pay.qualityPremium.micros == row.value("quality_premium") && currency.code == row.value("currency")
            && factors.grade.thousandths == row.value("grade_factor") && factors.tier.thousandths == row.value("tier_factor")
            && contributor == joined.value("speaker") && contributor == joined.value("quoted")
            && milliseconds == joined.value("duration_ms") && weight == joined.value("weight")
    }
}

/// Reading without trust: what is not of the type, or no moment of ours, is damage.
extension Row {
    func value<Value: DatabaseValueConvertible>(_ column: String, _: Value.Type) throws -> Value { try value(column) }

    /// The time in a column as RFC 3339.
    func moment(_ column: String) throws -> String {
        let milliseconds = try value(column, Int64.self)
        guard (0..<253_402_300_800_000).contains(milliseconds) else { throw StorageError.corrupt("\(column) is no time") }
        return Timestamp(milliseconds: milliseconds).rfc3339
    }

    /// The amount in a column as money is written in JSON.
    func amount(_ column: String) throws -> JSON {
        ["amount": .string(Decimal6.format(try value(column))), "currency": .string(try value("currency"))]
    }
}

import Crypto
import Domain
import Foundation
import JSON
import Ledger
import Market
import Storage
import Synchronization
import Testing

/// A market in a folder of its own, with a clock that the test moves and an analysis that finds what it is told.
final class Stall {
    let folder: URL
    let market: Marketplace
    private let clock: Clock
    private var uploads = 0

    private final class Clock: Sendable {
        let now = Mutex(Timestamp(rfc3339: "2026-03-02T08:00:00Z")!)
    }

    init() throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "fairvoice-market-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let clock = Clock()
        self.clock = clock
        market = try Marketplace(
            store: Store(folder: folder.path), ids: IDSource { .random(in: 0 ... .max) }, clock: { clock.now.withLock { $0 } })
    }

    deinit {
        try? market.store.close()
        try? FileManager.default.removeItem(at: folder)
    }

    var now: Timestamp { market.now }

    func advance(seconds: Int64) { clock.now.withLock { $0 = $0.adding(seconds: seconds) } }

    func set(_ now: Timestamp) { clock.now.withLock { $0 = now } }

    func change<Value>(_ work: (Connection, Timestamp) throws -> Value) throws -> Value {
        try market.store.write { db in try work(db, self.now) }
    }

    func look<Value>(_ work: (Connection) throws -> Value) throws -> Value { try market.store.read(work) }

    func contributor(region: String? = "DE") throws -> ID<Contributor> {
        try change { db, now in
            let id = try market.signUpContributor(
                languages: [.init(language: .german)], region: region, profile: .init(), at: now, in: db
            ).contributor.id
            _ = try market.grantConsent(purposes: [.emotionRecognition], textVersion: nil, by: id, at: now, in: db)
            return id
        }
    }

    /// A buyer with funds.
    func buyer(funds: String) throws -> ID<Buyer> {
        try change { db, now in
            let id = try market.signUpBuyer(name: "Acme", at: now, in: db).buyer.id
            _ = try market.depositFunds(.usd(funds), for: id, reference: "x", by: "admin", at: now, in: db)
            return id
        }
    }

    func quote(
        _ contributor: ID<Contributor>, seconds: Int64? = nil, elicitation: Elicitation = .scripted
    ) throws -> Quote {
        try change { db, now in
            let tier = try Contributors.find(contributor, in: db)?.tier(in: .german) ?? .novice
            return try market.lockQuote(.german(elicitation, tier: tier), seconds: seconds, by: contributor, at: now, in: db)
        }
    }

    func upload(
        _ quote: Quote, byteCount: Int64 = 40_000, begunAt: Timestamp? = nil
    ) throws -> Recording {
        uploads += 1
        let sha256 = Hex.encode(SHA256.hash("\(uploads)".utf8))
        return try change { db, now in
            try market.submitRecording(
                StoredBlob(sha256: sha256, byteCount: byteCount),
                .init(quote: quote.id, scenario: nil, mediaType: "audio/wav", filename: nil), by: quote.contributor,
                begunAt: begunAt, at: now, in: db
            ).recording
        }
    }

    /// Decides the oldest recording that waits.
    func decide(milliseconds: Int64, grade: Grade = .b) throws {
        try change { db, now in
            let job = try #require(try market.leaseJob(as: "worker", seconds: 60, at: now, in: db))
            try market.acceptRecording(Self.measured(milliseconds, grade), job: job, at: now, in: db)
        }
    }

    /// Uploads and decides one recording.
    @discardableResult
    func record(_ quote: Quote, seconds: Int64, grade: Grade = .b) throws -> Recording {
        let recording = try upload(quote)
        try decide(milliseconds: seconds * 1000, grade: grade)
        return try #require(try look { db in try Recordings.find(recording.id, in: db) })
    }

    static func measured(_ milliseconds: Int64, _ grade: Grade) -> Measured {
        let snr: Double =
            switch grade {
            case .a: 40
            case .b: 20
            case .c: 5
            case .rejected: 0
            }
        return Measured(
            analyser: "test", mediaType: "audio/wav",
            values: [
                .durationSeconds: 60, .snrDecibels: snr, .clippedShare: 0, .speechShare: 0.8, .bandwidthHz: 8000,
                .noiseFloorDecibels: -70, .loudnessLUFS: -23,
            ], measurements: [:], features: nil, emotion: nil, sampleCount: milliseconds * 16, sampleRateHz: 16_000)
    }

    func available(_ contributor: ID<Contributor>) throws -> Money { try funds(.available(contributor: contributor.text)) }

    func funds(_ path: AccountPath) throws -> Money {
        try look { db in try Books(db).funds(in: Account(path, .usd)) }
    }

    /// Whether the books and everything beside them agree.
    func expectSound(_ comment: Comment? = nil, sourceLocation: SourceLocation = #_sourceLocation) throws {
        let findings = try look { db in Books(db).verify().findings }
        #expect(findings.isEmpty, comment, sourceLocation: sourceLocation)
    }
}

extension Language {
    static let german = Language("de")!
}

extension Money {
    static func usd(_ decimal: String) -> Money { Money(decimal: decimal, currency: .usd)! }
}

extension PriceRequest {
    static func german(_ elicitation: Elicitation = .scripted, tier: Tier = .novice) -> PriceRequest {
        PriceRequest(
            language: .german, accent: nil, register: .friend, setting: .quiet, elicitation: elicitation, emotion: .neutral,
            tier: tier)
    }
}

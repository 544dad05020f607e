import Domain
import Ledger
import Market
import Storage
import TestSupport
import Testing

@Suite struct ReviewTests {
    let stall: Stall

    init() throws { stall = try Stall() }

    /// Somebody who may review German, without recordings.
    private func reviewer() throws -> ID<Contributor> {
        let id = try stall.contributor()
        _ = try stall.change { db, now in
            try stall.market.setTier(.skilled, of: id, in: .german, reason: "test", by: "admin", at: now, in: db)
        }
        return id
    }

    private func next(_ reviewer: ID<Contributor>) throws -> ReviewAssignment? {
        try stall.change { db, now in try stall.market.handOutReview(in: .german, to: reviewer, at: now, in: db) }
    }

    @discardableResult
    private func submit(_ assignment: ReviewAssignment, _ judgement: Judgement = .heard(.anger)) throws -> Review {
        try stall.change { db, now in
            try stall.market.submitReview(judgement, of: assignment.id, by: assignment.reviewer, at: now, in: db)
        }
    }

    @Test func `a review is paid at once by least and second, and says so in the books`() throws {
        let recording = try stall.record(try stall.quote(try stall.contributor()), seconds: 10)
        let person = try reviewer()
        let assignment = try #require(try next(person))
        #expect(assignment.recording == recording.id && assignment.kind == .perception)
        #expect(assignment.pay == .usd("0.14"))
        #expect(try next(person) == assignment)
        let review = try submit(assignment)
        #expect(try stall.available(person) == .usd("0.14"))
        #expect(try stall.funds(.expense(.reviews)).reversed == .usd("0.14") || stall.funds(.expense(.reviews)) == .usd("0.14"))
        #expect(review.judgement.topEmotion == .anger)
        #expect(try next(person) == nil)
        try stall.expectSound()
    }

    @Test func `answered, late, foreign and handed-back assignments are refused, and pay nothing more`() throws {
        let quote = try stall.quote(try stall.contributor())
        for _ in 0..<3 { try stall.record(quote, seconds: 10) }
        let (person, other) = (try reviewer(), try reviewer())
        let first = try #require(try next(person))
        #expect(throws: MarketError.self) {
            try stall.change { db, now in
                try stall.market.submitReview(.heard(.fear), of: first.id, by: other, at: now, in: db)
            }
        }
        try submit(first)
        #expect(throws: MarketError.self) { try submit(first) }
        let second = try #require(try next(person))
        try stall.change { db, now in try stall.market.skipReview(second.id, by: person, at: now, in: db) }
        #expect(throws: MarketError.self) { try submit(second) }
        let third = try #require(try next(person))
        #expect(Set([first, second, third].map(\.recording)).count == 3)
        stall.advance(seconds: 1800)
        #expect(throws: MarketError.self) { try submit(third) }
        #expect(try stall.look { db in try stall.market.audible(third.id, by: person, at: stall.now, in: db) } == nil)
        #expect(try stall.available(person) == first.pay && stall.available(other) == .usd("0"))
        // What expired or was handed back goes to others, never to the same person.
        #expect(try next(person) == nil)
        #expect(try next(other) != nil)
        try stall.expectSound()
    }

    @Test func `only the qualified review: by tier, or by accepted speech`() throws {
        let speaker = try stall.contributor()
        try stall.record(try stall.quote(speaker), seconds: 299)
        let newcomer = try stall.contributor()
        #expect(throws: MarketError.self) { try next(newcomer) }
        try stall.record(try stall.quote(newcomer), seconds: 300)
        #expect(try next(newcomer) != nil)
        #expect(throws: MarketError.self) { try next(speaker) }
    }

    @Test func `withdrawn recordings leave the queue, and the hands they are in`() throws {
        let speaker = try stall.contributor()
        let recording = try stall.record(try stall.quote(speaker), seconds: 10)
        let (person, other) = (try reviewer(), try reviewer())
        let held = try #require(try next(person))
        _ = try stall.change { db, now in try stall.market.withdrawRecording(recording.id, by: speaker, at: now, in: db) }
        #expect(try next(other) == nil && next(person) == nil)
        #expect(try stall.look { db in try stall.market.audible(held.id, by: person, at: stall.now, in: db) } == nil)
    }

    @Test(arguments: [1, 2, 3, 4] as [UInt64])
    func `nobody gets their own or anything twice, and nothing gets more reviews than the card says`(seed: UInt64) throws {
        var chance = SeededRandom(seed: seed)
        var people: [ID<Contributor>] = []
        for _ in 0..<6 { people.append(try reviewer()) }
        let quotes = try people.map { try stall.quote($0) }
        var recordings: [ID<Recording>: ID<Contributor>] = [:]
        var handed: Set<[String]> = []
        var reviews: [ID<Recording>: Int] = [:]
        var earned: [ID<Contributor>: Int64] = [:]
        for _ in 0..<400 {
            let person = people.randomElement(using: &chance)!
            switch Int.random(in: 0..<10, using: &chance) {
            case 0:
                let index = people.firstIndex(of: person)!
                recordings[try stall.record(quotes[index], seconds: Int64.random(in: 1...20, using: &chance)).id] = person
            case 1:
                stall.advance(seconds: Int64.random(in: 1...2000, using: &chance))
            default:
                guard let assignment = try next(person) else { continue }
                #expect(recordings[assignment.recording] != person)
                if handed.insert([person.text, assignment.recording.text, assignment.id.text]).inserted {
                    #expect(handed.count { $0[0] == person.text && $0[1] == assignment.recording.text } == 1)
                }
                if Int.random(in: 0..<5, using: &chance) == 0 {
                    try stall.change { db, now in try stall.market.skipReview(assignment.id, by: person, at: now, in: db) }
                } else if Bool.random(using: &chance) {
                    try submit(assignment, .heard(Emotion.allCases.randomElement(using: &chance)!))
                    reviews[assignment.recording, default: 0] += 1
                    earned[person, default: 0] += assignment.pay.micros
                }
            }
        }
        #expect(reviews.values.max() == 3)
        #expect(try stall.look { db in try Money(micros: earned.values.reduce(0, +), currency: .usd) == paid(people, db) })
        try stall.expectSound("seed \(seed)")
    }

    /// What the reviews of these people say that they were paid.
    private func paid(_ people: [ID<Contributor>], _ db: Connection) throws -> Money {
        let all = try people.flatMap { try Reviews.list(by: $0, .init(limit: 10_000), in: db).rows }
        return Money(micros: all.reduce(0) { $0 + $1.pay.micros }, currency: .usd)
    }

    @Test func `the database itself refuses one's own recording and a second review`() throws {
        let speaker = try stall.contributor()
        let recording = try stall.record(try stall.quote(speaker), seconds: 10)
        let assignment = ReviewAssignment(
            id: stall.market.ids.make(at: stall.now), recording: recording.id, reviewer: speaker, language: .german,
            kind: .perception, rateCard: 1, pay: .usd("1"), assignedAt: stall.now, expiresAt: stall.now.adding(seconds: 60))
        #expect(throws: StorageError.self) { try stall.change { db, _ in try ReviewAssignments.insert(assignment, in: db) } }
        let person = try reviewer()
        let taken = try submit(try #require(try next(person)))
        var again = taken
        again.id = stall.market.ids.make(at: stall.now)
        #expect(throws: StorageError.self) { try stall.change { db, _ in try Reviews.insert(again, in: db) } }
    }

    @Test func `bytes that a person uploaded too are never theirs to review`() throws {
        let (speaker, copier) = (try stall.contributor(), try stall.contributor())
        _ = try stall.change { db, now in
            try stall.market.setTier(.skilled, of: copier, in: .german, reason: "test", by: "admin", at: now, in: db)
        }
        let quotes = [try stall.quote(speaker), try stall.quote(copier)]
        for quote in quotes {
            _ = try stall.change { db, now in
                try stall.market.submitRecording(
                    StoredBlob(sha256: String(repeating: "a", count: 64), byteCount: 40_000),
                    .init(quote: quote.id, scenario: nil, mediaType: "audio/wav", filename: nil), by: quote.contributor,
                    begunAt: nil, at: now, in: db)
            }
            try stall.decide(milliseconds: 5000)
        }
        #expect(try next(copier) == nil)
        #expect(try next(reviewer()) != nil)
    }

    @Test func `three reviews make what is perceived; gold items do not, but measure`() throws {
        let quote = try stall.quote(try stall.contributor())
        let plain = try stall.record(quote, seconds: 10)
        let people = try (0..<4).map { _ in try reviewer() }
        for (person, emotion) in zip(people, [Emotion.anger, .anger, .fear]) {
            try submit(try #require(try next(person)), .heard(emotion))
        }
        let heard = try #require(try stall.look { db in try Recordings.find(plain.id, in: db) }?.perception)
        #expect(heard == Perception(emotion: .anger, agreement: Factor(thousandths: 667), reviewCount: 3))
        // Always gold: the share of the card is 1 now.
        try publish { $0.reviewRules.goldShare = .one }
        let known = try stall.record(quote, seconds: 10)
        let other = try stall.record(quote, seconds: 10)
        _ = try stall.change { db, now in try stall.market.markGold(known.id, emotion: .anger, by: "admin", at: now, in: db) }
        for (person, emotion) in zip(people, [Emotion.anger, .anger, .fear, .anger]) {
            let assignment = try #require(try next(person))
            #expect(assignment.kind == .gold && assignment.recording == known.id && assignment.pay == .usd("0.14"))
            try submit(assignment, .heard(emotion))
        }
        #expect(try stall.look { db in try Recordings.find(known.id, in: db) }?.perception == nil)
        #expect(try next(people[0])?.recording == other.id)
        stall.advance(seconds: 1)
        let parts = try stall.look { db in try stall.market.measureReviews(in: db) }
        _ = try stall.change { db, now in try stall.market.keepReviews(parts, by: "admin", at: now, in: db) }
        let record = try #require(try stall.look { db in try Reliabilities.record(people[2], .german, in: db) })
        #expect(record.goldCount == 1 && record.goldCorrect == 0 && record.reviewCount == 2)
        let right = try #require(try stall.look { db in try Reliabilities.find(people[0], .german, in: db) })
        #expect(right > record.value)
        #expect(try stall.market.batchReviewsNightly(at: stall.now) == nil)
        stall.advance(seconds: 86_400)
        #expect(try stall.market.batchReviewsNightly(at: stall.now) == nil)
        try submit(try #require(try next(people[1])))
        stall.advance(seconds: 86_400)
        #expect(try stall.market.batchReviewsNightly(at: stall.now) != nil)
        #expect(try stall.market.batchReviewsNightly(at: stall.now) == nil)
        try stall.expectSound()
    }

    private func publish(_ change: (inout RateCard) -> Void) throws {
        try stall.change { db, now in
            var card = try stall.market.currentRateCard(in: db).card
            change(&card)
            _ = try stall.market.publishRateCard(card.json, by: "admin", at: now, in: db)
        }
    }

    @Test(arguments: [11, 12, 13] as [UInt64])
    func `a licence's parts add up to its fee, and reviewers share theirs by their reviews`(seed: UInt64) throws {
        var chance = SeededRandom(seed: seed)
        let speakers = try (0..<3).map { _ in try reviewer() }
        for speaker in speakers {
            let quote = try stall.quote(speaker)
            for _ in 0..<3 { try stall.record(quote, seconds: Int64.random(in: 100...900, using: &chance)) }
        }
        let people = try speakers + (0..<3).map { _ in try reviewer() }
        for _ in 0..<40 {
            if let assignment = try next(people.randomElement(using: &chance)!) { try submit(assignment) }
        }
        let before = try Dictionary(uniqueKeysWithValues: people.map { ($0, try stall.available($0).micros) })
        let buyer = try stall.buyer(funds: "5000")
        let licence = try stall.change { db, now in
            let set = try stall.market.saveDataSet(CatalogueQuery(), name: "All", by: buyer, at: now, in: db)
            let snapshot = try stall.market.freezeSnapshot(of: set.id, by: buyer, at: now, in: db)
            return try stall.market.grantLicence(
                LicenceRequest(
                    snapshot: snapshot.id, model: "m", purpose: .emotionRecognition, useContext: .general, term: .oneYear),
                by: buyer, at: now, in: db)
        }
        let division = licence.division
        #expect(
            division.royalties + division.reviewers + division.acquisitionFund + division.operations == licence.fee.micros)
        #expect(abs(division.reviewers * 10 - licence.fee.micros) <= 10)
        let counts = try stall.look { db in try Reviews.counts(of: licence.snapshot, before: licence.id, in: db) }
        let all = counts.reduce(0) { $0 + $1.count }
        var shared: Int64 = 0
        for person in people {
            let use = try stall.look { db in try ReviewRoyalties.uses(by: person, .init(limit: 10), in: db) }.rows.first
            let count = counts.first { $0.reviewer == person }?.count ?? 0
            #expect(use?.royalty.reviewCount ?? 0 == count)
            let part = use?.royalty.amount.micros ?? 0
            #expect(abs(part * all - division.reviewers * count) < all)
            shared += part
            if !speakers.contains(person) { #expect(try stall.available(person).micros == before[person]! + part) }
        }
        #expect(shared == division.reviewers)
        // Reviews that come later change neither the shares nor how they are explained.
        for person in people { if let assignment = try next(person) { try submit(assignment) } }
        let explained = try stall.look { db in try stall.market.explainLicence(licence.id, in: db) }
        #expect(explained.isRight, "\(explained.differences)")
        #expect(explained.reviewers?.parts.map(\.weight) == counts.map(\.count))
        #expect(explained.reviewers?.total == division.reviewers)
        try stall.expectSound("seed \(seed)")
    }
}

extension Judgement {
    static func heard(_ emotion: Emotion) -> Judgement {
        Judgement(
            emotions: [emotion: 1000], ratings: .init(arousal: 5, valence: 5, dominance: 5), isUsable: true, reasons: [])
    }

    static let unusable = Judgement(emotions: [:], ratings: nil, isUsable: false, reasons: [.noise])
}

import Crypto
import Domain
import Foundation
import JSON
import Market
import Storage
import Synchronization
import TestSupport
import Testing

/// The index in step with commits, held against SQL.
@Suite struct CatalogueIndexTests {
    private let stall: Stall

    init() throws { stall = try Stall() }

    private func expectSame(_ query: CatalogueQuery, _ comment: Comment? = nil) throws {
        let facets = CatalogueFacet.allCases
        let store = stall.market.store
        let page = PageRequest(limit: 7)
        // Once looked for, then from memory where there is an index.
        for known in [nil, store.knownCatalogue(query, by: facets, page)] {
            try store.readCatalogue(query, by: facets, page) { db, answer in
                let counted = try Catalogue.counts(query, by: facets, in: db)
                let matches = try Catalogue.matches(query, in: db)
                let found = try Catalogue.entries(query, page, in: db)
                #expect(found.rows.map(\.recording) == matches.prefix(7).map(\.recording.id), comment)
                #expect(matches.count == Int(counted.total.recordings), comment)
                for answer in [answer, known].compactMap({ $0 }) {
                    #expect(answer.counts == counted, comment)
                    #expect(answer.page.rows == found.rows && answer.page.hasMore == found.hasMore, comment)
                }
            }
        }
    }

    private func isIndexed() throws -> Bool { try stall.market.store.isCatalogueIndexed() }

    @Test(arguments: 1...4) func `after any verbs the index counts what SQL counts`(seed: UInt64) throws {
        var chance = SeededRandom(seed: seed)
        var people: [ID<Contributor>] = []
        var quotes: [Quote] = []
        var recordings: [Recording] = []
        #expect(try stall.market.store.buildCatalogueIndex())
        for step in 0..<240 {
            let action = people.count < 3 ? 0 : Int.random(in: 0..<10, using: &chance)
            switch action {
            case 0:
                let person = try stall.contributor()
                people.append(person)
                try stall.change { db, now in
                    _ = try stall.market.setTier(.skilled, of: person, in: .german, reason: "test", by: "admin", at: now, in: db)
                }
                quotes.append(try stall.quote(person, elicitation: Elicitation.allCases.randomElement(using: &chance)!))
            case 1:
                try stall.change { db, now in
                    var person = try #require(try Contributors.find(people.randomElement(using: &chance)!, in: db))
                    person.profile.gender = [nil, .female, .male, .diverse].randomElement(using: &chance)!
                    person.profile.ageBand = [nil, .from18, .from65].randomElement(using: &chance)!
                    try Contributors.save(person, at: now, in: db)
                }
            case 2:
                let purposes = Purpose.allCases.filter { _ in Bool.random(using: &chance) }
                guard !purposes.isEmpty else { break }
                try stall.change { db, now in
                    _ = try stall.market.grantConsent(
                        purposes: purposes, textVersion: nil, by: people.randomElement(using: &chance)!, at: now, in: db)
                }
            case 3:
                try stall.change { db, now in
                    guard let consent = try Consents.current(of: people.randomElement(using: &chance)!, in: db) else { return }
                    _ = try stall.market.withdrawConsent(consent.id, by: consent.contributor, at: now, in: db)
                }
            case 4:
                guard let recording = recordings.randomElement(using: &chance) else { break }
                try? stall.change { db, now in
                    _ = try stall.market.withdrawRecording(recording.id, by: recording.contributor, at: now, in: db)
                }
            case 5, 6:
                let person = people.randomElement(using: &chance)!
                try stall.change { db, now in
                    guard let task = try stall.market.handOutReview(in: .german, to: person, at: now, in: db) else { return }
                    _ = try stall.market.submitReview(
                        .heard([.anger, .fear].randomElement(using: &chance)!), of: task.id, by: person, at: now, in: db)
                }
            case 7:
                // A change that fails leaves no trace, also in the notes of what was touched.
                #expect(throws: MarketError.self) {
                    try stall.change { db, now in
                        guard let recording = recordings.first else { throw MarketError.wrongState("test") }
                        try Recordings.withdraw(recording.id, at: now, in: db)
                        throw MarketError.wrongState("test")
                    }
                }
            default:
                guard
                    let recording = try? stall.record(
                        quotes.randomElement(using: &chance)!, seconds: Int64.random(in: 1...20, using: &chance),
                        grade: [.a, .b, .c, .rejected].randomElement(using: &chance)!)
                else { break }
                recordings.append(recording)
            }
            #expect(try isIndexed(), "step \(step), action \(action)")
            try expectSame(CatalogueQuery(), "step \(step), action \(action)")
            try expectSame(.random(using: &chance), "step \(step), action \(action)")
        }
        #expect(recordings.count > 10)
    }

    @Test func `what another program writes is seen at once, and brings the index back`() throws {
        let store = stall.market.store
        let person = try stall.contributor()
        let recording = try stall.record(try stall.quote(person), seconds: 10)
        #expect(try store.buildCatalogueIndex())
        let other = try Store(folder: stall.folder.path)
        try other.write { db in try Recordings.withdraw(recording.id, at: stall.now, in: db) }
        #expect(try !isIndexed())
        try expectSame(CatalogueQuery())
        #expect(try store.buildCatalogueIndex())
        #expect(try isIndexed())
        try expectSame(CatalogueQuery())
        // Unseen by any question, but before a commit of our own.
        try other.write { db in try Recordings.setStatus(.accepted, of: recording.id, in: db) }
        _ = try stall.contributor()
        try expectSame(CatalogueQuery())
        #expect(try store.buildCatalogueIndex())
        try expectSame(CatalogueQuery())
        try other.close()
    }
}

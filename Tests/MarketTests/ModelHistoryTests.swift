import Market
import Storage
import Synchronization
import Testing

/// Models in force, one after the other, and the way back.
struct ModelHistoryTests {
    private let stall: Stall
    /// What begins with 0 can't be scored with.
    private let summaries = ModelSummaries { file in
        file[0] == 0 ? ModelSummary(unreadable: "it begins with 0; begin it with 1") : Self.sound
    }
    private static let sound = ModelSummary(
        .init(featureSet: "made", featureSetVersion: 1, corpora: ["made"], unweightedAverageRecall: 0.5))

    init() throws { stall = try Stall() }

    private func add(_ bytes: UInt8...) throws -> String {
        try stall.change { db, now in try stall.market.addModel(bytes, by: "admin", at: now, in: db) }
    }

    private func activate(_ id: String?) throws {
        try stall.change { db, now in try stall.market.activateModel(id, by: "admin", at: now, summaries: summaries, in: db) }
    }

    /// Puts a model in force as an earlier program did that could score with it.
    private func activateAsBefore(_ id: String) throws {
        try stall.change { db, now in try Models.activate(id, at: now, in: db) }
    }

    private func rollBackNotingAll() throws -> ModelRollback {
        try stall.change { db, now in
            let back = try stall.market.rollBackModel(by: "admin", at: now, summaries: summaries, in: db)
            #expect(try Models.activeID(in: db) == back.model)
            return back
        }
    }

    private func rollBack() throws -> String? { try rollBackNotingAll().model }

    private func newestAction() throws -> [String?] {
        try stall.look { db in
            let entry = try AuditLog.list(.init(limit: 1000), in: db).rows.last
            return [entry?.action, entry?.subject]
        }
    }

    @Test func `going back goes all the way to the first, then says that there is none`() throws {
        let ids = try (1...4).map { try add($0) }
        for id in ids.prefix(3) { try activate(id) }
        #expect(try rollBack() == ids[1] && rollBack() == ids[0])
        #expect(throws: MarketError.wrongState("There is no earlier model to go back to; activate one by its id.")) {
            try rollBack()
        }
        // A way that was gone back is forgotten once another begins.
        try activate(ids[3])
        #expect(try rollBack() == ids[0])
    }

    @Test func `the same model twice is one, and none is a place too`() throws {
        let ids = try (1...2).map { try add($0) }
        for id in [ids[0], nil, ids[1], ids[1]] { try activate(id) }
        #expect(try rollBack() == nil)
        #expect(try rollBack() == ids[0])
    }

    @Test func `where none was ever in force there is no way back`() {
        #expect(throws: MarketError.wrongState("No model was ever in force; activate one first.")) { try rollBack() }
    }

    @Test func `the program's own model makes room for its next one, an admin's choice does not`() throws {
        func install(_ byte: UInt8) throws -> String? {
            try stall.change { db, now in
                try stall.market.installShippedModel([byte], at: now, in: db)
                return try Models.activeID(in: db)
            }
        }
        let first = try #require(try install(1))
        #expect(try install(1) == first)
        let second = try #require(try install(2))
        #expect(second != first)
        // One that was known before is not put in force again.
        #expect(try install(1) == second)
        try activate(nil)
        #expect(try install(3) == nil)
        #expect(try rollBack() == second)
        #expect(try install(4) == second)
    }

    @Test func `a model that can't score is not put in force, and nothing is changed`() throws {
        let (sound, unfit) = (try add(1), try add(0))
        try activate(sound)
        let before = try newestAction()
        #expect(
            throws: MarketError.modelCannotScore(
                "\(unfit) can't be put in force: it begins with 0; begin it with 1.")
        ) { try activate(unfit) }
        #expect(throws: MarketError.notFound("model")) { try activate("mod_0") }
        #expect(try stall.look { db in try Models.activeID(in: db) } == sound)
        #expect(try newestAction() == before)
    }

    @Test func `going back passes over what can't score, and says so`() throws {
        let (first, unfit, other, last) = (try add(1), try add(0, 1), try add(0, 2), try add(2))
        try activate(first)
        for id in [unfit, other, unfit] { try activateAsBefore(id) }
        try activate(last)
        let back = try rollBackNotingAll()
        #expect(back.model == first && back.passedOver.map(\.model) == [unfit, other])
        #expect(back.passedOver.allSatisfy { $0.fault == "it begins with 0; begin it with 1" })
        #expect(try newestAction() == ["model.rolled-back", first])
    }

    @Test func `where nothing before can score, what is in force stays`() throws {
        let (unfit, last) = (try add(0), try add(1))
        try activateAsBefore(unfit)
        try activate(last)
        let sentence =
            "No earlier model scores; the newest is \(unfit): it begins with 0; begin it with 1. Activate another by its id."
        #expect(throws: MarketError.modelCannotScore(sentence)) { try rollBack() }
        #expect(try stall.look { db in try Models.activeID(in: db) } == last)
        // One that can't score any more is left all the same.
        try activateAsBefore(unfit)
        #expect(try rollBack() == last)
    }

    @Test func `a registered file is read once`() throws {
        let reads = Mutex(0)
        let summaries = ModelSummaries { _ in
            reads.withLock { $0 += 1 }
            return Self.sound
        }
        let id = try add(1)
        for _ in 0..<3 {
            try stall.change { db, now in
                try stall.market.activateModel(id, by: "admin", at: now, summaries: summaries, in: db)
            }
        }
        #expect(reads.withLock { $0 } == 1)
    }
}

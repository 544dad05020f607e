import Market
import Storage
import Testing

/// Models in force, one after the other, and the way back.
struct ModelHistoryTests {
    private let stall: Stall

    init() throws { stall = try Stall() }

    private func add(_ byte: UInt8) throws -> String {
        try stall.change { db, now in try stall.market.addModel([byte], by: "admin", at: now, in: db) }
    }

    private func activate(_ id: String?) throws {
        try stall.change { db, now in try stall.market.activateModel(id, by: "admin", at: now, in: db) }
    }

    private func rollBack() throws -> String? {
        try stall.change { db, now in
            let back = try stall.market.rollBackModel(by: "admin", at: now, in: db)
            #expect(try Models.activeID(in: db) == back)
            return back
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
}

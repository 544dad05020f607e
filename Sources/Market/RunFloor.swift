import Domain
import Ledger
import Storage

extension Marketplace {
    /// Holds everybody's worked time up to a moment against the pay floor, and tops up whoever fell below; all in the caller's
    /// transaction. Running again finds nothing left to do.
    ///
    /// - Parameter until: not after now; now for nil.
    public func runFloor(
        until: Timestamp?, by admin: String, at now: Timestamp, in db: Connection
    ) throws -> FloorRun {
        let until = until ?? now
        guard until <= now else { throw MarketError.invalid("/until", "must not be in the future") }
        let run = FloorRun(id: ids.make(at: now), admin: admin, until: until, startedAt: now)
        try FloorRuns.insert(run, in: db)
        for contributor in try FloorPeriods.candidates(until: until, in: db) {
            try closeFloorPeriods(of: contributor, until: until, run: run.id, at: now, in: db)
        }
        try FloorRuns.end(run.id, at: now, in: db)
        try AuditLog.append(
            actor: admin, action: "floor-run.started", subject: run.id.text, detail: until.rfc3339, at: now, in: db)
        guard let ended = try FloorRuns.find(run.id, in: db) else { throw MarketError.notFound("floor run") }
        return ended
    }

    /// The nightly run up to the last midnight (UTC), each person in a transaction of their own, so that nobody waits for it.
    /// A run that is cut off leaves whole people done or not done; the next one takes up the rest.
    ///
    /// - Returns: nil where tonight's has gone through already.
    @discardableResult
    public func runFloorNightly(at now: Timestamp) throws -> FloorRun? {
        let midnight = now.startOfDay
        guard now >= midnight.adding(seconds: Self.nightlyDelaySeconds),
            try !store.read({ db in try FloorRuns.hasNightly(until: midnight, in: db) })
        else { return nil }
        let run = FloorRun(id: ids.make(at: now), admin: nil, until: midnight, startedAt: now)
        try store.write { db in try FloorRuns.insert(run, in: db) }
        for contributor in try store.read({ db in try FloorPeriods.candidates(until: midnight, in: db) }) {
            try store.write { db in
                try closeFloorPeriods(of: contributor, until: midnight, run: run.id, at: now, in: db)
            }
        }
        return try store.write { db in
            try FloorRuns.end(run.id, at: now, in: db)
            return try FloorRuns.find(run.id, in: db)
        }
    }

    /// After midnight, so that the pause over it is metered on both sides.
    public static let nightlyDelaySeconds: Int64 = 900

    /// Closes the days of one person that have worked time, in order, as far as they can be closed.
    func closeFloorPeriods(
        of contributor: ID<Contributor>, until: Timestamp, run: ID<FloorRun>, at now: Timestamp, in db: Connection
    ) throws {
        let card = try currentRateCard(in: db).card
        let person = try Contributors.find(contributor, in: db)
        let floor =
            person?.region.flatMap { card.payFloors[$0] } ?? card.payFloors["*"] ?? Money(micros: 0, currency: card.currency)
        // What follows the last activity of an open session is not metered yet, so a period may not hold it.
        let open = try WorkSessions.open(of: contributor, in: db).map(\.lastActivityAt)
        let end = open.reduce(until, min)
        while let window = try nextFloorWindow(of: contributor, until: end, in: db) {
            let work = try FloorPeriods.work(of: contributor, from: window.from, until: window.until, in: db)
            let deadline = window.until.adding(days: card.workRules.closeAfterDays)
            guard work.undecidedCount == 0 || now >= deadline else { return }
            let counted = try countedMilliseconds(of: contributor, window, rules: card.workRules, in: db)
            let sum = FloorPeriod.Sum(
                workedMilliseconds: counted, earned: Money(micros: work.earnedMicros, currency: card.currency),
                floorPerHour: floor)
            try close(window, of: contributor, region: person?.region, card: card.number, sum, run: run, at: now, in: db)
        }
    }

    private func close(
        _ window: WorkedSpan, of contributor: ID<Contributor>, region: String?, card: Int64, _ sum: FloorPeriod.Sum,
        run: ID<FloorRun>, at now: Timestamp, in db: Connection
    ) throws {
        let id: ID<FloorPeriod> = ids.make(at: now)
        var entry: String?
        if sum.topUp.micros > 0 {
            let transaction = try Entries.floorTopUp(
                period: id.text, contributor: contributor.text, from: window.from, amount: sum.topUp, sum: sum.sentence,
                on: occasion(at: now))
            try Books(db).post(transaction)
            entry = transaction.id
        }
        try FloorPeriods.insert(
            FloorPeriod(
                id: id, contributor: contributor, from: window.from, until: window.until, region: region, rateCard: card,
                sum: sum, entry: entry, closedAt: now), run: run, in: db)
    }

    /// The rest of the first day (UTC) with metered time that no period holds; nil where there is none before the end.
    private func nextFloorWindow(
        of contributor: ID<Contributor>, until end: Timestamp, in db: Connection
    ) throws -> WorkedSpan? {
        let closed = try FloorPeriods.end(of: contributor, in: db) ?? Timestamp(milliseconds: 0)
        guard let first = try FloorPeriods.spans(of: contributor, from: closed, until: end, in: db).first else { return nil }
        let worked = max(first.from, closed)
        let from = max(worked.startOfDay, closed)
        let until = min(worked.startOfDay.adding(days: 1), end)
        return from < until ? WorkedSpan(from: from, until: until) : nil
    }

    /// What counts in a window of one day: what counts up to its end less what counts up to its beginning. So a day comes to
    /// the same however often it is closed in parts; time that nothing backed in an earlier part counts once something does.
    private func countedMilliseconds(
        of contributor: ID<Contributor>, _ window: WorkedSpan, rules: WorkRules, in db: Connection
    ) throws -> Int64 {
        let start = window.from.startOfDay
        let spans = try FloorPeriods.spans(of: contributor, from: start, until: window.until, in: db)
        func counted(until end: Timestamp) throws -> Int64 {
            guard end > start else { return 0 }
            let work = try FloorPeriods.work(of: contributor, from: start, until: end, in: db)
            return rules.counted(
                WorkedDay(
                    workedMilliseconds: WorkedSpan.milliseconds(of: spans, from: start, until: end),
                    finishedMilliseconds: work.finishedMilliseconds, reviewCount: work.reviewCount))
        }
        return max(0, try counted(until: window.until) - counted(until: window.from))
    }
}

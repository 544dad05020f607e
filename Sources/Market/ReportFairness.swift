import Domain
import Ledger
import Storage

extension Marketplace {
    /// How people are treated here, from the books. Figures of fewer than five people are left out.
    public func reportFairness(in db: Connection) throws -> FairnessReport {
        let card = try currentRateCard(in: db).card
        var report = FairnessReport(currency: card.currency)
        let least = FairnessReport.contributorCountMin
        let workers = try timedWorkers(card.currency, in: db)
        let wages = workers.values.compactMap(\.hourly).sorted()
        if wages.count >= least {
            report.wage = .init(
                median: FairnessReport.percentile(50, of: wages) ?? 0, worst: FairnessReport.percentile(10, of: wages) ?? 0,
                contributors: Int64(wages.count))
            let reaching = workers.values.count { worker in
                let floor = worker.region.flatMap { card.payFloors[$0] } ?? card.payFloors["*"]
                return worker.hourly.map { $0 >= floor?.micros ?? 0 } ?? false
            }
            report.atFloor = .init(Int64(reaching), of: Int64(wages.count))
            report.measured = Int64(workers.values.count { $0.isMeasured && $0.hourly != nil })
            report.assumed = Int64(wages.count) - report.measured
        }
        let toppedUp = workers.values.filter { $0.topUps > 0 }
        if workers.count >= least, toppedUp.isEmpty || toppedUp.count >= least {
            report.topUps = toppedUp.reduce(0) { $0 + $1.topUps }
            report.toppedUp = Int64(toppedUp.count)
        }
        report.millisecondsToPay = try FairnessFigures.millisecondsToPay(in: db)
        report.millisecondsToPayout = try FairnessFigures.millisecondsToPayout(in: db)
        report.rejections = try FairnessFigures.rejections(in: db)
        report.appeals = try FairnessFigures.appeals(in: db)
        report.appealsWon = try FairnessFigures.appealsWon(in: db)
        report.royaltyShare = try FairnessFigures.royaltyShare(in: db)
        return report
    }

    /// Every worker with their worked time. This is the one place that says where the time comes from: the meter, where a
    /// contributor's sessions hold at least as much time as their finished speech; else the rate card's assumed overhead.
    private func timedWorkers(_ currency: Currency, in db: Connection) throws -> [String: FairnessReport.Worker] {
        var workers = try FairnessFigures.workers(currency, in: db)
        var finished: [String: Int64] = [:]
        var overheads: [Int64: [Elicitation: Factor]] = [:]
        for row in try FairnessFigures.finished(in: db) {
            guard workers[row.contributor] != nil else { continue }
            if overheads[row.rateCard] == nil {
                overheads[row.rateCard] = try RateCards.find(row.rateCard, in: db)?.card().overheads
            }
            let factor = overheads[row.rateCard]?[row.elicitation] ?? .one
            workers[row.contributor]?.workedMilliseconds += row.milliseconds * factor.thousandths / 1000
            finished[row.contributor, default: 0] += row.milliseconds
        }
        for (contributor, milliseconds) in try FairnessFigures.metered(in: db) where workers[contributor] != nil {
            guard milliseconds >= finished[contributor] ?? 0 else { continue }
            workers[contributor]?.workedMilliseconds = milliseconds
            workers[contributor]?.isMeasured = true
        }
        return workers
    }
}

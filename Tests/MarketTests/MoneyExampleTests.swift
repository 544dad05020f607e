import Domain
import Foundation
import Ledger
import Market
import Storage
import Testing

/// The worked examples of docs/money.md, computed again.
@Suite struct MoneyExampleTests {
    let document: String

    init() throws {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        document = try String(contentsOf: root.appending(path: "docs/money.md"), encoding: .utf8)
    }

    private func expect(_ line: String) { #expect(document.contains(line), "\(line)") }

    @Test func `the price`() {
        let gap = Scarcity(cell: Cell(language: .german), wantedSeconds: 36_000, acceptedSeconds: 9000)
        let request = PriceRequest(
            language: .german, accent: nil, register: .doctor, setting: .car, elicitation: .acted, emotion: .fear, tier: .skilled)
        let price = RateCard.standard.price(request, scarcity: gap)
        for line in price.lines {
            let factor = line.factor.map { "× \($0)" } ?? ""
            let name = line.code.rawValue + String(repeating: " ", count: 13 - line.code.rawValue.count)
            let amount = String(repeating: " ", count: 21 - factor.count - line.hourly.decimal.count) + line.hourly.decimal
            expect("    " + name + factor + amount)
        }
        let pay = Pay(
            hourlyBeforeTier: price.hourlyBeforeTier, hourly: price.hourly, gradeFactor: RateCard.standard.grades[.a]!,
            sampleCount: 600, sampleRateHz: 1)
        expect("\npay \(pay.total.decimal).")
    }

    @Test func `the bounty`() throws {
        let stall = try Stall()
        let buyer = try stall.buyer(funds: "40")
        let bounty = try stall.change { db, now in
            try stall.market.fundBounty(
                Cell(language: .german), amount: .usd("40"), perHour: .usd("6"), by: buyer, at: now, in: db)
        }
        let recording = try stall.record(stall.quote(stall.contributor()), seconds: 900, grade: .a)
        let earning = try #require(try stall.look { db in try Earnings.find(recording.id, in: db) })
        expect("    base             \(earning.base.decimal)    bounty")
        expect("    quality_premium  \(earning.qualityPremium.decimal)    house")
        expect("    bounty           \(earning.bounty.decimal)    bounty")
        expect("it holds \(try stall.funds(.bounty(bounty.id.text)).minorUnitDecimal) afterwards.")
    }

    @Test func `the pay floor`() {
        let floor = RateCard.standard.payFloors["DE"]!
        let sum = FloorPeriod.Sum(workedMilliseconds: 90 * 60_000, earned: .usd("6"), floorPerHour: floor)
        expect("    Earnings lifted to the pay floor: \(sum.sentence)\n")
        expect("At \(floor.minorUnitDecimal) an hour (DE) that is a top-up of \(sum.topUp.decimal).")
    }

    @Test func `the tiers`() {
        func sentence(_ grade: Grade, minutes: Int64, _ tier: Tier) -> String {
            var record = GradeRecord()
            record.add(grade, milliseconds: minutes * 60_000)
            return TierProgress(
                tier: tier, language: .german, record: record, reliability: nil, rules: RateCard.standard.tierRules
            ).sentence
        }
        expect("    23 accepted minutes at grade B: \"\(sentence(.b, minutes: 23, .novice))\"\n")
        expect("    113 accepted minutes at grade A, skilled: \"\(sentence(.a, minutes: 113, .skilled))\"\n")
        let rules = RateCard.standard.tierRules.general
        expect("The standard card asks \(rules[.skilled]!.minutes) minutes of grade")
        expect("and \(rules[.expert]!.minutes) minutes of grade A with")
    }

    @Test func `the rules`() {
        let work = RateCard.standard.workRules
        expect("`idle_cut_off_seconds` (\(work.idleCutOffSeconds))")
        expect("`hours_per_day_max` (\(work.hoursPerDayMax))")
        expect("`worked_per_finished_max` (\(work.workedPerFinishedMax))")
        expect("`minutes_per_review_max` (\(work.minutesPerReviewMax))")
        expect("`unbacked_minutes_per_day` (\(work.unbackedMinutesPerDay))")
        expect("`close_after_days` (\(work.closeAfterDays))")
        expect("`sessions_for_median` (\(work.sessionsForMedian))")
        expect("`valid_hours` (\(RateCard.standard.scarcity.validHours))")
        expect("(at most `seconds_per_quote_max`, \(RateCard.standard.bountyRules.secondsPerQuoteMax))")
    }
}

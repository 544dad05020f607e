import Domain
import JSON
import Storage

extension Marketplace {
    private static let simulationPage = 500

    /// What every measured recording would have been paid under a card that is not published: same speech, same
    /// tier, same gap, same measurements; only the card differs. What a bounty added stays.
    public func simulateRateCard(_ document: JSON, in db: Connection) throws -> CardSimulation {
        let current = try currentRateCard(in: db)
        let card: RateCard
        do {
            card = try RateCard(json: document, number: current.record.number + 1)
        } catch {
            throw MarketError.invalid(error.all)
        }
        guard card.currency == current.card.currency else {
            throw MarketError.invalid("/currency", "must be \(current.card.currency): an installation settles in one currency")
        }
        try Self.demandBounds(of: card)
        var simulation = CardSimulation(currency: card.currency)
        let list = PriceList(card)
        var after: String?
        repeat {
            let page = try PastPay.list(.init(after: after, limit: Self.simulationPage), in: db)
            for record in page.rows { simulation.add(try Self.sample(record, under: list)) }
            after = page.hasMore ? page.rows.last?.recording.text : nil
        } while after != nil
        return simulation
    }

    private static func sample(_ record: PastPay.Record, under list: PriceList) throws -> CardSimulation.Sample {
        let card = list.card
        let price = list.price(record.request, scarcity: record.scarcity)
        let grade = try grade(record, under: card)
        let pay = Pay(
            hourlyBeforeTier: price.hourlyBeforeTier, hourly: price.hourly, gradeFactor: card.grades[grade] ?? .one,
            sampleCount: record.sampleCount, sampleRateHz: record.sampleRateHz)
        let floor = record.region.flatMap { card.payFloors[$0] } ?? card.payFloors["*"]
        let milliseconds = Rounding.halfToEven(Int128(record.sampleCount) * 1000, over: Int128(max(1, record.sampleRateHz)))
        return CardSimulation.Sample(
            language: record.request.cell.language, tier: record.request.tier, gradeBefore: record.grade, gradeAfter: grade,
            milliseconds: Int64(clamping: milliseconds), paid: record.paid.micros,
            simulated: pay.total.micros + record.bounty.micros,
            isBelowFloor: floor.map { price.perWorkedHour.micros < $0.micros } ?? false)
    }

    /// The grade that the measurements earn under a card's thresholds. Measures that were not taken decide nothing; a recording
    /// without any, or rejected for another reason, keeps its grade.
    private static func grade(_ record: PastPay.Record, under card: RateCard) throws -> Grade {
        let analysis = try JSON.parse(Array(record.analysis.utf8), limits: .trusted)
        var values: [Measure: Double] = [:]
        for check in analysis["checks"]?.asArray ?? [] {
            guard let measure = check["measure"]?.asString.flatMap(Measure.init(rawValue:)) else { continue }
            values[measure] = check["value"]?.asNumber
        }
        for measure in Measure.allCases where values[measure] == nil {
            let measured = analysis["measurements"]?[measure.rawValue]
            values[measure] = measured?.asNumber ?? measured?.asBool.map { $0 ? 1 : 0 }
        }
        let rules = card.gradeRules.filter { values[$0.measure] != nil }
        guard !rules.isEmpty else { return record.grade }
        return Grading(rules, values: values).grade
    }
}

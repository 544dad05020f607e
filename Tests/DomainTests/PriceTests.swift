import Domain
import JSON
import TestSupport
import Testing

@Suite struct PriceTests {
    private let card = RateCard.standard

    private func request(_ emotion: Emotion = .neutral, tier: Tier = .novice) -> PriceRequest {
        PriceRequest(
            language: Language("de")!, accent: nil, register: .friend, setting: .quiet, elicitation: .scripted, emotion: emotion,
            tier: tier)
    }

    @Test func `an ordinary recording costs the base`() {
        let price = card.price(request(), scarcity: nil)
        #expect(price.hourly == card.basePerHour)
        #expect(price.lines.map(\.code) == [.base, .scarcity, .register, .setting, .elicitation, .emotion, .tier])
        #expect(price.perWorkedHour.decimal == "12.000000")
    }

    @Test(arguments: [(0, "2.5"), (1800, "1.75"), (3600, "1"), (9999, "1")])
    func `scarcity falls as hours are accepted`(accepted: Int64, factor: String) {
        let gap = Scarcity(cell: Cell(language: Language("de")!), wantedSeconds: 3600, acceptedSeconds: accepted)
        #expect(card.scarcity.factor(for: gap).decimal == factor)
    }

    @Test func `the pay of a recording is rounded once and its lines add up`() {
        var random = SeededRandom(seed: 7)
        for _ in 0..<10_000 {
            let hourly = Money(micros: .random(in: 1...1_000_000_000, using: &random), currency: .usd)
            let before = Money(micros: .random(in: 1...hourly.micros, using: &random), currency: .usd)
            let factor = Factor(thousandths: [600, 1000, 1250].randomElement(using: &random)!)
            let samples = Int64.random(in: 0...100_000_000, using: &random)
            let pay = Pay(
                hourlyBeforeTier: before, hourly: hourly, gradeFactor: factor, sampleCount: samples, sampleRateHz: 44_100)
            let exact = Int128(hourly.micros) * Int128(factor.thousandths) * Int128(samples)
            #expect(Int128(pay.total.micros) == Rounding.halfToEven(exact, over: 44_100 * 3_600_000))
            #expect(pay.base.micros >= 0 && pay.tierPremium.micros >= 0 && pay.qualityPremium.micros >= 0)
        }
    }

    @Test func `a card survives its JSON`() throws {
        #expect(try RateCard(json: card.json, number: 1) == card)
    }

    @Test func `every bad field of a card is named`() throws {
        guard var object = card.json.asObject else { return }
        object["base_per_hour"] = "-1"
        object["royalty_policy"] = ["royalties": "0.6", "reviewers": "0.1", "acquisition_fund": "0.2", "operations": "0.2"]
        object["colour"] = "green"
        let errors = #expect(throws: FieldErrors.self) { try RateCard(json: .object(object), number: 2) }
        #expect(errors?.all.map(\.pointer.description) == ["/base_per_hour", "/royalty_policy", "/colour"])
    }
}

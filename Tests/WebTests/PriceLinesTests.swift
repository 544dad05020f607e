import Domain
import JSON
import Testing

@testable import Web

/// What is prepared for many prices is what each would write by itself.
@Suite struct PriceLinesTests {
    private let german = Language("de")!

    private var list: PriceList {
        var card = RateCard.standard
        card.languageFactors = LanguageFactors(
            languages: [german: Factor(thousandths: 1200)], accents: [german: ["bav\"arian": Factor(thousandths: 1500)]])
        return PriceList(
            card,
            overheads: [
                .acted: MeasuredOverhead(ratios: [2000], sessionsNeeded: 5),
                .scripted: MeasuredOverhead(ratios: [2000, 3000], sessionsNeeded: 1),
            ])
    }

    private func expectSame(_ price: Price) {
        let written = price.lines.jsonBytes
        #expect(written == JSON.array(price.lines.map(\.json)).bytes())
        #expect(written == price.lines.map { PricedStep(step: $0.step, hourly: $0.hourly) }.jsonBytes)
    }

    @Test(arguments: Elicitation.allCases, Emotion.allCases)
    func `every word of the card`(_ elicitation: Elicitation, _ emotion: Emotion) {
        let list = list
        for register in Register.allCases {
            for setting in Setting.allCases {
                for tier in Tier.allCases {
                    expectSame(
                        list.price(
                            PriceRequest(
                                language: Language("pt-BR")!, accent: "bav\"arian", register: register, setting: setting,
                                elicitation: elicitation, emotion: emotion, tier: tier)))
                }
            }
        }
    }

    @Test func `an accent, a gap and its premium, and a bounty`() throws {
        let request = PriceRequest(
            language: german, accent: "bav\"arian", register: .friend, setting: .quiet, elicitation: .acted, emotion: .anger,
            tier: .novice)
        let gap = Scarcity(cell: Cell(language: german), wantedSeconds: 7200, acceptedSeconds: 61)
        let now = try #require(Timestamp(rfc3339: "2026-03-02T08:00:00Z"))
        let premium = ScarcityPremium(
            id: ID(bits: 1), target: ID(bits: 2), scarcity: gap, card: list.card, at: now)
        let bounty = BountyOffer(bounty: ID(bits: 3), perHour: Money(micros: 6_000_000, currency: .usd), seconds: 3601)
        expectSame(list.price(request))
        expectSame(list.price(request, scarcity: gap))
        let price = list.price(request, on: PriceTerms(premium: premium, bounty: bounty))
        expectSame(price)
        #expect(
            price.lines.map(\.code) == [
                .base, .language, .accent, .scarcity, .register, .setting, .elicitation, .emotion, .tier, .bounty, .workedHour,
            ])
        #expect(price.lines.last?.hourly == price.perFinishedHour)
    }

    @Test func `the card's own parts`() {
        let card = list.card
        #expect(list.royaltyPolicyJSON == card.royaltyPolicy.jsonBytes)
        #expect(list.gradeFactorsJSON == JSONMap(Grade.allCases.map { ($0.rawValue, card.grades[$0] ?? .one) }).jsonBytes)
    }
}

import Domain
import JSON
import TestSupport
import Testing

@Suite struct JudgementTests {
    private func read(_ json: JSON) -> (judgement: Judgement, errors: [String]) {
        var reader = ObjectReader(json)
        let judgement = Judgement(reader: &reader)
        do { try reader.finish() } catch { return (judgement, error.all.map { "\($0.pointer)" }) }
        return (judgement, [])
    }

    @Test func `shares add up to one`() {
        let heard: JSON = ["usable": true, "emotions": ["anger": 0.6, "fear": 0.4], "arousal": 7, "valence": 2, "dominance": 9]
        #expect(read(heard).errors.isEmpty && read(heard).judgement.topEmotion == .anger)
        let thirds: JSON = [
            "usable": true, "emotions": ["anger": 0.333, "fear": 0.333, "sadness": 0.333], "arousal": 7, "valence": 2,
            "dominance": 9,
        ]
        #expect(read(thirds).errors.isEmpty)
        let short: JSON = ["usable": true, "emotions": ["anger": 0.6], "arousal": 7, "valence": 2, "dominance": 9]
        #expect(read(short).errors == ["/emotions"])
        let odd: JSON = ["usable": true, "emotions": ["rage": 1], "arousal": 7, "valence": 2, "dominance": 9]
        #expect(read(odd).errors.contains("/emotions/rage"))
    }

    @Test func `a usable recording needs everything, an unusable one a reason`() {
        #expect(read(["usable": true]).errors == ["/emotions", "/arousal", "/valence", "/dominance"])
        #expect(read(["usable": false]).errors == ["/reasons"])
        #expect(read(["usable": false, "reasons": ["odd"]]).errors.contains("/reasons"))
        let silent = read(["usable": false, "reasons": ["silence"], "emotions": ["anger": 1]])
        #expect(silent.errors.isEmpty && silent.judgement.topEmotion == nil && silent.judgement.reasons == [.silence])
    }

    @Test func `three reviewers make a perception, and the sum of their weights decides`() {
        func heard(_ emotions: [Emotion: Int64]) -> Judgement {
            Judgement(emotions: emotions, ratings: nil, isUsable: true, reasons: [])
        }
        let unusable = Judgement(emotions: [:], ratings: nil, isUsable: false, reasons: [.noise])
        #expect(Perception([heard([.anger: 1000]), heard([.anger: 1000]), unusable]) == nil)
        let perception = Perception([heard([.anger: 1000]), heard([.fear: 510, .anger: 490]), heard([.fear: 510, .anger: 490])])
        #expect(perception == Perception(emotion: .anger, agreement: Factor(thousandths: 333), reviewCount: 3))
    }

    @Test func `a review pays the least and its seconds, rounded once`() {
        let rules = ReviewRules.standard(.usd)
        #expect(rules.pay(durationMilliseconds: 0).decimal == "0.060000")
        #expect(rules.pay(durationMilliseconds: 10_000).decimal == "0.140000")
        #expect(rules.pay(durationMilliseconds: 1).decimal == "0.060008")
        #expect(
            !rules.qualifies(.novice, acceptedMilliseconds: 299_999) && rules.qualifies(.novice, acceptedMilliseconds: 300_000))
        #expect(rules.qualifies(.expert, acceptedMilliseconds: 0))
    }

    @Test func `a card without reviews and appeals is read with the standard, and one with them keeps them`() throws {
        var document = try #require(RateCard.standard.json.asObject)
        document["reviews"] = nil
        document["appeals"] = nil
        let old = try RateCard(json: .object(document), number: 1)
        #expect(old.reviewRules == .standard(.usd) && old.appealRules == .standard)
        var card = RateCard.standard
        card.reviewRules.perRecording = 5
        card.appealRules = AppealRules(days: 7, verdicts: 3, grade: .b)
        #expect(try RateCard(json: card.json, number: 1) == card)
        document["reviews"] = ["pay_min": "0", "gold_share": "2"]
        #expect(throws: FieldErrors.self) { try RateCard(json: .object(document), number: 1) }
    }
}

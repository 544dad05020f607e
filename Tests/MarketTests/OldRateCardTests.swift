import Crypto
import Domain
import JSON
import Testing

/// Published cards are what they were, whatever the program measures by now.
struct OldRateCardTests {
    /// The standard card as it was before hum, dropouts, peaks, silences, cancellation and broken files had thresholds.
    private static var old: RateCard {
        var card = RateCard.standard
        card.gradeRules = Array(card.gradeRules.prefix(7))
        return card
    }

    @Test func `an old card has its old document, and its hash`() throws {
        let document = Self.old.json.canonicalBytes()
        #expect(Hex.encode(SHA256.hash(document)) == "1687fab2eebab8257c74cc4bc0f9aeb13a626f844d758aebf128acc85aaf8196")
        let read = try RateCard(json: JSON.parse(document, limits: .trusted), number: 1)
        #expect(read == Self.old && read.json.canonicalBytes() == document)
    }

    @Test(arguments: [(40.0, Grade.a), (20, .b), (5, .c), (0, .rejected)])
    func `an old card grades as ever, whatever else was measured`(snr: Double, grade: Grade) {
        var values: [Measure: Double] = [
            .durationSeconds: 60, .snrDecibels: snr, .clippedShare: 0, .speechShare: 0.8, .bandwidthHz: 8000,
            .noiseFloorDecibels: -70, .loudnessLUFS: -23,
        ]
        #expect(Grading(Self.old.gradeRules, values: values).grade == grade)
        for measure in Measure.allCases where !measure.isRequired { values[measure] = 1e5 }
        #expect(Grading(Self.old.gradeRules, values: values).grade == grade)
        #expect(Grading(Self.old.gradeRules, values: [.snrDecibels: snr]).grade == .rejected)
    }
}

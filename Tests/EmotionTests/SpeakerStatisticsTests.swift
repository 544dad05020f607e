import Emotion
import TestSupport
import Testing

@Suite struct SpeakerStatisticsTests {
    private static let prior = Standardisation([[0, 10], [2, 14]], featureCount: 2)

    @Test func `of nobody nothing but the prior is known`() {
        #expect(SpeakerStatistics.shrunk([], towards: Self.prior) == Self.prior)
        #expect(SpeakerStatistics.shrunk([[nil, .nan]], towards: Self.prior) == Self.prior)
    }

    @Test func `few recordings move it a little, many all the way`() {
        let one = SpeakerStatistics.shrunk([[6, 12]], towards: Self.prior)
        #expect(abs(one.means[0] - (6 + SpeakerStatistics.priorWeight * 1) / (1 + SpeakerStatistics.priorWeight)) < 1e-12)
        #expect(one.means[1] == 12 && one.deviations[1] < Self.prior.deviations[1])
        let many = SpeakerStatistics.shrunk((0..<4000).map { [$0 % 2 == 0 ? 5 : 9, nil] }, towards: Self.prior)
        #expect(abs(many.means[0] - 7) < 0.01 && abs(many.deviations[0] - 2) < 0.01)
        #expect(many.means[1] == 12 && many.deviations[1] == Self.prior.deviations[1])
    }

    @Test func `a speaker's own recordings take the speaker's offset out`() throws {
        let model = try Crowd(speakerCount: 12, clipCount: 8, distance: 2, speakerDeviation: 4).model()
        let strangers = Crowd(speakerCount: 6, clipCount: 15, distance: 2, speakerDeviation: 4, source: "others", seed: 8)
            .examples
        var (rightAlone, rightWithEarlier, count) = (0, 0, 0)
        for (_, clips) in Dictionary(grouping: strangers, by: \.speaker) {
            var random = SeededRandom(seed: 77)
            let order = clips.shuffled(using: &random)
            for place in 15..<order.count {
                let earlier = order[..<place].map(\.vector)
                let score = model.score(order[place].vector, earlier: earlier)
                #expect(score.earlierCount == min(place, EmotionModel.earlierCountMax))
                rightAlone += heard(model.score(order[place].vector)) == order[place].label ? 1 : 0
                rightWithEarlier += heard(score) == order[place].label ? 1 : 0
                count += 1
            }
        }
        #expect(Double(rightWithEarlier) > Double(rightAlone) + 0.1 * Double(count))
    }

    @Test func `too few, or those of other features, are not looked at`() throws {
        let model = try Crowd(distance: 3).model()
        let vector: [Float?] = [3, 0, 0, 0, 0, 0]
        let few = [[Float?]](repeating: vector, count: EmotionModel.earlierCountMin - 1)
        #expect(model.score(vector, earlier: few) == model.score(vector))
        #expect(model.score(vector, earlier: few + [[1, 2]]) == model.score(vector))
        #expect(model.score(vector, earlier: few + [vector]).earlierCount == EmotionModel.earlierCountMin)
    }

    private func heard(_ score: EmotionScore) -> String? {
        score.distribution.max { $0.probability < $1.probability }?.label
    }
}

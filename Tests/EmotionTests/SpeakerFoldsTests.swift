import Emotion
import TestSupport
import Testing

@Suite struct SpeakerFoldsTests {
    @Test func `no speaker is in two parts, and every row is in one`() {
        var random = SeededRandom(seed: 0xF01D)
        for _ in 0..<200 {
            let speakerCount = Int.random(in: 1...30, using: &random)
            let speakers = (0..<Int.random(in: 1...200, using: &random)).map { _ in
                Int.random(in: 0..<speakerCount, using: &random)
            }
            let folds = SpeakerFolds(speakers, countMax: Int.random(in: 1...12, using: &random))
            var seen = 0
            for part in 0..<folds.count {
                let (inside, outside) = (folds.inside(part), folds.outside(part))
                #expect(Set(inside.map { speakers[$0] }).isDisjoint(with: outside.map { speakers[$0] }))
                #expect(inside.count + outside.count == speakers.count && !inside.isEmpty)
                seen += inside.count
            }
            #expect(seen == speakers.count)
        }
    }

    @Test func `few speakers are held out one by one`() {
        #expect(SpeakerFolds([4, 4, 9, 2, 9], countMax: 10) == SpeakerFolds([1, 1, 2, 0, 2], countMax: 3))
        #expect(SpeakerFolds([4, 4, 9, 2, 9], countMax: 10).parts == [1, 1, 2, 0, 2])
    }
}

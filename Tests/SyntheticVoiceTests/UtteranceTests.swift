import Foundation
import SyntheticVoice
import Testing

@Suite("A synthetic utterance")
struct UtteranceTests {
    private static let speaker = Speaker(sex: .female, ageYears: 34, seed: 7)

    @Test("has the length asked for at every rate and stays below full scale", arguments: [16000, 44100, 48000])
    func length(rate: Int) {
        let samples = Utterance(speaker: Self.speaker, mood: .anger, durationSeconds: 2.5).samples(sampleRateHz: rate)
        #expect(samples.count == Int(2.5 * Double(rate)))
        #expect(samples.allSatisfy { abs($0) < 0.99 })
        #expect(samples.contains { abs($0) > 0.1 })
    }

    @Test("is the same for the same seed, and another for another")
    func seeds() {
        let utterance = Utterance(speaker: Self.speaker, durationSeconds: 1, seed: 3)
        #expect(utterance.samples() == utterance.samples())
        var other = utterance
        other.seed = 4
        #expect(other.samples() != utterance.samples())
    }

    @Test("of no length at all is no samples", arguments: [0, -1, 0.00001])
    func empty(seconds: Double) {
        #expect(Utterance(speaker: Self.speaker, durationSeconds: seconds).samples().isEmpty)
    }

    @Test("without room noise pauses in digital silence")
    func silence() {
        let samples = Utterance(speaker: Self.speaker, durationSeconds: 3, noiseDecibels: nil).samples()
        #expect(samples.prefix(1600).allSatisfy { $0 == 0 })
    }

    @Test("in anger is louder than in sadness")
    func moods() {
        let level = { (mood: Mood) -> Double in
            Utterance(speaker: Self.speaker, mood: mood, durationSeconds: 3).samples().reduce(0) { $0 + Double($1) * Double($1) }
        }
        #expect(level(.anger) > 4 * level(.sadness))
    }

    @Test("has a mood for every emotion's name")
    func names() {
        for name in ["anger", "boredom", "disgust", "fear", "happiness", "neutral", "sadness", "surprise"] {
            #expect(Mood.named(name) != nil)
        }
        #expect(Mood.named("hangry") == nil)
    }

    @Test("of a child is higher than a woman's, a woman's than a man's")
    func speakers() {
        let mean = { (sex: Sex, age: Int) -> Double in
            (0..<50).map { Speaker(sex: sex, ageYears: age, seed: $0).f0Hz }.reduce(0, +) / 50
        }
        #expect(mean(.male, 30) < mean(.female, 30))
        #expect(mean(.female, 30) < mean(.female, 6))
    }
}

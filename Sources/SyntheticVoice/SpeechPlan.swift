import Foundation

/// What will be said: syllables in phrases with declination, accents, a final fall, and pauses between. The plan does not
/// depend on the sample rate.
struct SpeechPlan: Sendable {
    private(set) var syllables: [Syllable] = []
    let leadingSeconds: Double
    let trailingSeconds: Double

    /// F1…F3 of eight vowels of a tube of 17.5 cm (Peterson and Barney 1952, men, rounded).
    private static let vowels: [[Double]] = [
        [270, 2290, 3010], [390, 1990, 2550], [530, 1840, 2480], [660, 1720, 2410],
        [730, 1090, 2440], [570, 840, 2410], [440, 1020, 2240], [300, 870, 2240],
    ]

    init(speaker: Speaker, mood: Mood, durationSeconds: Double, seed: UInt64) {
        var chance = Chance(seed: seed, purpose: 20)
        leadingSeconds = min(0.1 * durationSeconds, chance.uniform(0.2...0.4))
        trailingSeconds = min(0.1 * durationSeconds, chance.uniform(0.2...0.45))
        let endSeconds = durationSeconds - trailingSeconds
        let rate = speaker.syllablesPerSecond * mood.tempoFactor
        var now = leadingSeconds
        while now < endSeconds - 0.1 {
            let count = Int(chance.uniform(4...10))
            for index in 0..<count where now < endSeconds - 0.1 {
                var syllable = Self.syllable(at: index, of: count, mood: mood, rate: rate, chance: &chance)
                if now + syllable.onsetSeconds + syllable.vowelSeconds + 0.15 > endSeconds { syllable.pauseSeconds = 0 }
                now += syllable.seconds
                guard now <= endSeconds else { return }
                syllables.append(syllable)
            }
        }
    }

    private static func syllable(
        at index: Int, of count: Int, mood: Mood, rate: Double, chance: inout Chance
    ) -> Syllable {
        let isLast = index == count - 1
        let isAccented = chance.uniform() < 0.35
        let onset = onset(&chance)
        let place = Double(index) / Double(max(1, count - 1))
        let accent = isAccented ? chance.uniform(1.5...3.5) : chance.uniform(-0.5...0.5)
        let declination = 1.5 - 3 * place
        let fall = isLast ? chance.uniform(-4...(-1.5)) : chance.uniform(-0.5...0.5)
        let semitones = [declination, declination + accent, declination + accent * 0.4 + fall]
            .map { mood.pitchLevelSemitones + $0 * mood.pitchRangeFactor }
        let stretch = (isAccented ? 1.2 : 0.95) * (isLast ? 1.3 : 1) * chance.uniform(0.85...1.15)
        let vowel = chance.pick(vowels)
        return Syllable(
            onset: onset, onsetSeconds: onsetSeconds(onset) / rate * chance.uniform(0.8...1.2),
            vowelSeconds: 0.62 / rate * stretch,
            pauseSeconds: isLast ? chance.uniform(0.2...0.55) * mood.pauseFactor : 0,
            from: vowel, to: chance.uniform() < 0.5 ? vowel : chance.pick(vowels),
            pitchSemitones: semitones, decibels: (isAccented ? 2 : 0) - 3 * place)
    }

    private static func onset(_ chance: inout Chance) -> Syllable.Onset {
        switch chance.uniform() {
        case ..<0.12: .none
        case ..<0.45: .fricative(hz: chance.uniform(2800...6000))
        case ..<0.75: .stop(hz: chance.uniform(1200...4500))
        default: .nasal
        }
    }

    /// At one syllable a second.
    private static func onsetSeconds(_ onset: Syllable.Onset) -> Double {
        switch onset {
        case .none: 0.08
        case .fricative: 0.42
        case .stop: 0.38
        case .nasal: 0.28
        }
    }
}

import Foundation

/// A plan laid out in time: one articulation each millisecond.
struct ArticulationScore: Sendable {
    static let stepsPerSecond = 1000.0
    private(set) var steps: [Articulation]

    init(plan: SpeechPlan, speaker: Speaker, durationSeconds: Double) {
        steps = Array(repeating: Articulation(), count: max(1, Int(durationSeconds * Self.stepsPerSecond)))
        var start = plan.leadingSeconds
        for syllable in plan.syllables {
            lay(syllable, at: start, speaker: speaker)
            start += syllable.seconds
        }
        holdFormants()
        smooth(\.voicing, milliseconds: 15)
        smooth(\.friction, milliseconds: 10)
        for index in 0..<3 { smooth(\.formantsHz[index], milliseconds: 40) }
    }

    /// The moment, clamped to the utterance.
    subscript(seconds seconds: Double) -> Articulation {
        steps[min(steps.count - 1, max(0, Int(seconds * Self.stepsPerSecond)))]
    }

    private mutating func lay(_ syllable: Syllable, at start: Double, speaker: Speaker) {
        let vowelStart = start + syllable.onsetSeconds
        let gain = pow(10, syllable.decibels / 20)
        for index in range(start, vowelStart) {
            let place = (Double(index) / Self.stepsPerSecond - start) / max(1e-9, syllable.onsetSeconds)
            lay(syllable.onset, place: place, gain: gain, into: &steps[index])
        }
        for index in range(start, vowelStart + syllable.vowelSeconds) {
            let seconds = Double(index) / Self.stepsPerSecond - vowelStart
            let place = max(0, seconds / syllable.vowelSeconds)
            steps[index].f0Hz = speaker.f0Hz * pow(2, Self.bend(syllable.pitchSemitones, at: place) / 12)
            steps[index].formantsHz = zip(syllable.from, syllable.to).map {
                speaker.tractFactor * ($0 + ($1 - $0) * min(1, place * 1.3))
            }
            if seconds >= 0 { steps[index].voicing = gain * Self.arch(place) }
        }
    }

    private func lay(_ onset: Syllable.Onset, place: Double, gain: Double, into step: inout Articulation) {
        switch onset {
        case .none: break
        case .fricative(let hz):
            step.friction = 0.5 * gain * Self.arch(place)
            step.frictionHz = hz
        case .stop(let hz):
            step.friction = place > 0.8 ? 0.7 * gain : 0
            step.frictionHz = hz
        case .nasal: step.voicing = 0.3 * gain
        }
    }

    /// Between the vowels the mouth stays where it was.
    private mutating func holdFormants() {
        for index in steps.indices.dropFirst() where steps[index].f0Hz == 0 {
            steps[index].formantsHz = steps[index - 1].formantsHz
            steps[index].f0Hz = steps[index - 1].f0Hz
        }
        for index in steps.indices.dropLast().reversed() where steps[index].f0Hz == 0 {
            steps[index].f0Hz = steps[index + 1].f0Hz
        }
    }

    private mutating func smooth(_ path: WritableKeyPath<Articulation, Double>, milliseconds: Int) {
        var sum = 0.0
        let values = steps.map { $0[keyPath: path] }
        for index in values.indices {
            sum += values[index]
            if index >= milliseconds { sum -= values[index - milliseconds] }
            steps[max(0, index - milliseconds / 2)][keyPath: path] = sum / Double(min(index + 1, milliseconds))
        }
    }

    private func range(_ from: Double, _ to: Double) -> Range<Int> {
        let first = min(steps.count, max(0, Int(from * Self.stepsPerSecond)))
        return first..<max(first, min(steps.count, Int(to * Self.stepsPerSecond)))
    }

    /// A rounded plateau: quick rise, slow fall.
    private static func arch(_ place: Double) -> Double { min(1, place * 6, (1 - place) * 3 + 0.15) }

    /// Through three values at 0, ½ and 1.
    private static func bend(_ values: [Double], at place: Double) -> Double {
        let half = min(1, max(0, place)) * 2
        return half < 1 ? values[0] + (values[1] - values[0]) * half : values[1] + (values[2] - values[1]) * (half - 1)
    }
}

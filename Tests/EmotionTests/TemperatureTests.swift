import Emotion
import Foundation
import TestSupport
import Testing

@Suite struct TemperatureTests {
    @Test(arguments: [0.3, 1, 4])
    func `scores that are too sure or too timid are found out`(factor: Double) {
        var random = SeededRandom(seed: 77)
        // Labels drawn with the probabilities of the scores, which are then exaggerated.
        let scores = (0..<6000).map { _ in (0..<4).map { _ in 1.5 * Crowd.gaussian(&random) } }
        let classes = scores.map { scores -> Int in
            var left = Double.random(in: 0..<1, using: &random)
            let probabilities = Temperature.one.probabilities(scores)
            return probabilities.indices.first { index in
                left -= probabilities[index]
                return left < 0
            } ?? 3
        }
        let temperature = Temperature(fitting: scores.map { $0.map { $0 * factor } }, classes: classes)
        #expect(abs(temperature.value / factor - 1) < 0.08)
    }

    @Test func `probabilities add up to 1 and keep their order, whatever the scores`() {
        for scores in [[0.0, 0], [1e4, -1e4, 0], [-700, -701]] {
            for value in [0.05, 1, 20] {
                let probabilities = Temperature(value: value).probabilities(scores)
                #expect(abs(probabilities.reduce(0, +) - 1) < 1e-12)
                #expect(
                    probabilities.indices.max { probabilities[$0] < probabilities[$1] }
                        == scores.indices.max { scores[$0] < scores[$1] })
            }
        }
    }
}

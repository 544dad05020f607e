import Acoustics
import Analysis
import AudioFiles
import Domain
import Foundation
import JSON
import SyntheticVoice
import Testing

/// What a person should look at, and what grades are decided by.
struct FlagTests {
    private let folder: URL

    init() throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "fairvoice-flags-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    private func analyse(_ samples: [Float], sampleRateHz: Int) throws -> Analyser.Result {
        let url = folder.appending(path: UUID().uuidString)
        defer { try? FileManager.default.removeItem(at: url) }
        try Data(WAVWriter.bytes(samples, sampleRateHz: sampleRateHz)).write(to: url)
        return try Analyser().analyse(path: url.path)
    }

    private static let speech = Utterance(
        speaker: Speaker(sex: .female, ageYears: 30, seed: 5), mood: .neutral, durationSeconds: 4, noiseDecibels: -68, seed: 5
    ).samples(sampleRateHz: 16_000)

    /// Speech at 16 kHz that claims 48 kHz is as good as it was, so its grade stays; but somebody should know.
    @Test func aRateThatIsNotRealIsFlaggedAndCostsNothing() throws {
        let plain = try analyse(Self.speech, sampleRateHz: 16_000)
        #expect(plain.flags.isEmpty, "\(plain.flags)")
        var resampler = Resampler(fromHz: 16_000, toHz: 48_000)
        var inflated: [Float] = []
        resampler.process(Self.speech, into: &inflated)
        resampler.flush(into: &inflated)
        let result = try analyse(inflated, sampleRateHz: 48_000)
        #expect(result.flags == [.rateNotReal])
        func grade(_ result: Analyser.Result) -> Grade {
            Grading(RateCard.standard.gradeRules, values: result.gradedValues).grade
        }
        #expect(grade(result) == grade(plain) && grade(plain) == .a)
    }

    @Test func digitalSilenceInsideIsFlagged() throws {
        let gated = Self.speech.map { abs($0) < 0.001 ? 0 : $0 }
        var muted = Self.speech
        for index in 20_000..<24_000 { muted[index] = 0 }
        #expect(try analyse(muted, sampleRateHz: 16_000).flags == [.digitalZeros])
        #expect(try !analyse(gated, sampleRateHz: 16_000).flags.contains(.channelsCancel))
    }

    /// Every measure of the receipt that a card may grade has its value there, under the same name.
    @Test func gradedValuesStandOnTheReceipt() throws {
        let result = try analyse(Self.speech, sampleRateHz: 16_000)
        let measurements = try #require(result.measurements.asObject)
        #expect(Measure.allCases.allSatisfy { measurements[$0.rawValue] != nil })
        #expect(Set(measurements.keys) == Set(Analyser.Result.measurementNames))
    }
}

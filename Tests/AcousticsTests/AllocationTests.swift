import Acoustics
import SyntheticVoice
import Testing

/// Measuring a longer recording allocates hardly more: contours grow by doubling, voiced stretches have their lists, and frames
/// allocate nothing: one array a frame would show as 1, one for eight frames as 0.125. Lists of voiced stretches are 0.11 to 0.13 for
/// each frame of the features, and nothing of the print or the quality: an array for each half second would show as 0.02. Each test counts in a process of its own, where no other thread runs.
@Suite("Allocations", .enabled(if: AllocationCounter.isAvailable))
struct AllocationTests {
    /// Allocations for each frame more, of speech with pauses: 10 s and 20 s.
    private static func perFrame(_ measure: (ArraySlice<Float>) -> Void) -> Double {
        let speaker = Speaker(sex: .female, ageYears: 30, seed: 5)
        let speech = Utterance(speaker: speaker, durationSeconds: 20).samples()
        measure(speech[..<16000])
        let half = AllocationCounter.allocations { measure(speech[..<(speech.count / 2)]) }
        let whole = AllocationCounter.allocations { measure(speech[...]) }
        return Double(whole - half) / (Double(speech.count) / 2 / 160)
    }

    private static func ofExtractor(isExtended: Bool) -> Double {
        perFrame { samples in
            var extractor = FeatureExtractor(isExtended: isExtended)
            samples.withUnsafeBufferPointer { extractor.append($0) }
            if isExtended { _ = extractor.finishExtended() } else { _ = extractor.finish() }
        }
    }

    @Test("are counted")
    func counter() async {
        await #expect(processExitsWith: .success) {
            var arrays: [[Int]] = []
            arrays.reserveCapacity(100)
            #expect(AllocationCounter.allocations { for index in 0..<100 { arrays.append([index, 2]) } } >= 100)
        }
    }

    @Test("of the 88 values do not grow with frames")
    func standard() async {
        await #expect(processExitsWith: .success) { #expect(Self.ofExtractor(isExtended: false) < 0.2) }
    }

    @Test("of the extended set do not grow with frames")
    func extended() async {
        await #expect(processExitsWith: .success) { #expect(Self.ofExtractor(isExtended: true) < 0.2) }
    }

    @Test("of the print do not grow with frames")
    func print() async {
        await #expect(processExitsWith: .success) {
            let perFrame = Self.perFrame { samples in
                var extractor = PrintExtractor()
                samples.withUnsafeBufferPointer { extractor.append($0) }
                _ = extractor.finish()
            }
            #expect(perFrame < 0.1)
        }
    }

    @Test("of the quality do not grow with frames")
    func quality() async {
        await #expect(processExitsWith: .success) {
            let perFrame = Self.perFrame { samples in
                var meter = QualityMeter(sampleRateHz: 16000)
                meter.append(Array(samples))
                _ = meter.finish()
            }
            #expect(perFrame < 0.02)
        }
    }
}

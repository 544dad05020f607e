import Acoustics

/// The quality and the print of any samples at any rate: never NaN, never infinite, shares inside 0…1, and the same whatever the sizes of
/// the blocks.
enum QualityTarget {
    // Fresh ones are copied: to make their tables takes longer than to measure a short signal.
    private static let meters = Dictionary(
        uniqueKeysWithValues: Signal.kinds.map { kind in
            (kind, QualityMeter(sampleRateHz: kind.sampleRateHz, fullScaleIsInteger: kind.isInteger))
        })
    private static let extractor = PrintExtractor()

    static func run(_ bytes: [UInt8]) -> CInt {
        guard let signal = Signal(bytes, longCountMax: 48_000) else { return Verdict.useless }
        let whole = [signal.samples.count]
        let quality = quality(signal, ends: whole)
        check(quality)
        let print = print(signal.samples, ends: whole)
        property(print.map { KeptPrint(bytes: $0.kept.bytes) == $0.kept } ?? true, "A print is not read as it was written")
        if let ends = Split.some(bytes, signal.samples.count) {
            property(quality == Self.quality(signal, ends: ends), "The blocks' sizes change the quality")
            property(print == Self.print(signal.samples, ends: ends), "The blocks' sizes change the print")
        }
        return Verdict.kept
    }

    private static func check(_ quality: Quality) {
        let values: [Double?] = [
            quality.durationSeconds, quality.snrDecibels, quality.loudnessLUFS, quality.truePeakDecibels,
            quality.leadingSilenceSeconds, quality.trailingSilenceSeconds, quality.longestPauseSeconds,
            quality.noiseFloorDecibels, quality.bandwidthHz, quality.brickWallHz, quality.dcOffset, quality.humDecibels,
            quality.channelCancellationDecibels,
        ]
        property(values.allSatisfy { $0?.isFinite ?? true }, "A quality is not finite: \(quality)")
        for share in [quality.clippedShare, quality.digitalZeroShare, quality.dropoutShare, quality.speechShare ?? 0] {
            property(share >= 0 && share <= 1, "A share is outside 0…1: \(quality)")
        }
        property(quality.leadingSilenceSeconds >= 0 && quality.trailingSilenceSeconds >= 0, "Silence shorter than nothing")
        property(quality.longestPauseSeconds <= quality.durationSeconds, "A pause longer than the recording")
        property(quality.bandwidthHz ?? 0 <= Double(quality.sampleRateHz) / 2, "A bandwidth beyond half the rate")
    }

    private static func quality(_ signal: Signal, ends: [Int]) -> Quality {
        var meter = meters[signal.kind]!
        var start = 0
        for end in ends {
            meter.append(Array(signal.samples[start..<end]))
            start = end
        }
        return meter.finish()
    }

    private static func print(_ samples: [Float], ends: [Int]) -> Print? {
        var extractor = extractor
        var start = 0
        for end in ends {
            extractor.append(Array(samples[start..<end]))
            start = end
        }
        return extractor.finish()
    }
}

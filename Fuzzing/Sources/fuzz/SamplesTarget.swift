import Acoustics

/// What is measured of any samples: never NaN, never infinite, shares inside 0…1, and the same whatever the sizes of the blocks.
enum SamplesTarget {
    // Fresh ones are copied: to make their tables takes longer than to measure a short signal.
    private static let extractor = FeatureExtractor(isExtended: true)
    private static let meters = Dictionary(
        uniqueKeysWithValues: Signal.kinds.map { kind in
            (kind, QualityMeter(sampleRateHz: kind.sampleRateHz, fullScaleIsInteger: kind.isInteger))
        })

    static func run(_ bytes: [UInt8]) -> CInt {
        guard let signal = Signal(bytes) else { return Verdict.useless }
        var split = Split(bytes)
        let ends = split.ends(signal.samples.count)
        let quality = quality(signal, ends: [signal.samples.count])
        check(quality)
        let features = features(signal.samples, ends: [signal.samples.count])
        for (name, value) in zip(ExtendedFeatureSet.names, features.values) {
            property(value?.isFinite ?? true, "\(name) is \(value.map { "\($0)" } ?? "nil")")
        }
        checkPresence(signal.samples, features)
        // One input in eight also in pieces, which doubles its time.
        if split.next() & 7 == 0 {
            property(quality == Self.quality(signal, ends: ends), "The blocks' sizes change the quality")
            property(features == Self.features(signal.samples, ends: ends), "The blocks' sizes change the features")
        }
        return Verdict.kept
    }

    /// A vector turns what is not finite into "not measurable": these can always be measured of a signal of some length.
    private static func checkPresence(_ samples: [Float], _ features: ExtendedFeatureVector) {
        // Well inside the first frames, and loud enough not to count as digital silence.
        guard samples.count > 1000, samples[400..<800].contains(where: { $0.isFinite && abs($0) > 0.01 }) else { return }
        for name in ["loudness_sma3_amean", "spectralFlux_sma3_amean", "mfcc1_sma3_amean", "equivalentSoundLevel_dBp"] {
            property(features[name] != nil, "\(name) is lost")
        }
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

    private static func features(_ samples: [Float], ends: [Int]) -> ExtendedFeatureVector {
        var extractor = extractor
        var start = 0
        for end in ends {
            extractor.append(samples[start..<end])
            start = end
        }
        return extractor.finishExtended()
    }
}

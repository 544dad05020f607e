import Acoustics

/// The features of any samples: never NaN, never infinite, not lost where there is signal, and the same whatever the sizes of the blocks.
enum FeaturesTarget {
    // A fresh one is copied: to make its tables takes longer than to measure a short signal.
    private static let extractor = FeatureExtractor(isExtended: true)

    static func run(_ bytes: [UInt8]) -> CInt {
        guard let signal = Signal(bytes, longCountMax: 12_000) else { return Verdict.useless }
        let features = features(signal.samples, ends: [signal.samples.count])
        for (name, value) in zip(ExtendedFeatureSet.names, features.values) {
            property(value?.isFinite ?? true, "\(name) is \(value.map { "\($0)" } ?? "nil")")
        }
        checkPresence(signal.samples, features)
        if let ends = Split.some(bytes, signal.samples.count) {
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

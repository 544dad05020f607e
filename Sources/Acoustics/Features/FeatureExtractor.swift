/// Measures the 88 values of a recording in one pass: append its samples in blocks of any size, then finish.
public struct FeatureExtractor: Sendable {
    /// The one rate at which the values are defined: resample before.
    public static let sampleRateHz = 16000

    public init() {}

    /// Takes the next samples: mono, 16 kHz, -1…1. Samples that are not finite count as 0.
    public mutating func append(_ samples: UnsafeBufferPointer<Float>) {
    }

    /// Takes the next samples: mono, 16 kHz, -1…1. Samples that are not finite count as 0.
    public mutating func append(_ samples: some Collection<Float>) {
        let isContiguous: Void? = samples.withContiguousStorageIfAvailable { append($0) }
        guard isContiguous == nil else { return }
        Array(samples).withUnsafeBufferPointer { append($0) }
    }

    /// The values of all samples taken so far; the extractor begins anew.
    public mutating func finish() -> FeatureVector {
        FeatureVector(values: Array(repeating: nil, count: FeatureSet.names.count))!
    }
}

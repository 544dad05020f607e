/// The 88 values of the extended Geneva Minimalistic Acoustic Parameter Set (Eyben et al. 2016, IEEE Trans. Affective
/// Computing 7(2)), measured by this program from the published definitions.
public enum FeatureSet {
    public static let name = "eGeMAPS-88"

    /// Grows when values of a recording may change by more than rounding does (docs/decisions/0026); vectors of different versions are
    /// not comparable.
    public static let version = 2

    /// The names in the order of `FeatureVector.values`.
    public static let names: [String] =
        tenOf("F0semitoneFrom27.5Hz_sma3nz") + tenOf("loudness_sma3")
        + bothOf(["spectralFlux_sma3", "mfcc1_sma3", "mfcc2_sma3", "mfcc3_sma3", "mfcc4_sma3"])
        + bothOf([
            "jitterLocal_sma3nz", "shimmerLocaldB_sma3nz", "HNRdBACF_sma3nz", "logRelF0-H1-H2_sma3nz",
            "logRelF0-H1-A3_sma3nz",
        ])
        + bothOf((1...3).flatMap { ["F\($0)frequency_sma3nz", "F\($0)bandwidth_sma3nz", "F\($0)amplitudeLogRelF0_sma3nz"] })
        + bothOf(["alphaRatioV_sma3nz", "hammarbergIndexV_sma3nz", "slopeV0-500_sma3nz", "slopeV500-1500_sma3nz"])
        + bothOf(["spectralFluxV_sma3nz", "mfcc1V_sma3nz", "mfcc2V_sma3nz", "mfcc3V_sma3nz", "mfcc4V_sma3nz"])
        + ["alphaRatioUV", "hammarbergIndexUV", "slopeUV0-500", "slopeUV500-1500", "spectralFluxUV"].map { $0 + "_sma3nz_amean" }
        + [
            "loudnessPeaksPerSec", "VoicedSegmentsPerSec", "MeanVoicedSegmentLengthSec", "StddevVoicedSegmentLengthSec",
            "MeanUnvoicedSegmentLength", "StddevUnvoicedSegmentLength", "equivalentSoundLevel_dBp",
        ]

    /// The place of a name in the order; nil for other names.
    public static func index(of name: String) -> Int? { names.firstIndex(of: name) }

    private static func tenOf(_ contour: String) -> [String] {
        [
            "amean", "stddevNorm", "percentile20.0", "percentile50.0", "percentile80.0", "pctlrange0-2", "meanRisingSlope",
            "stddevRisingSlope", "meanFallingSlope", "stddevFallingSlope",
        ].map { "\(contour)_\($0)" }
    }

    private static func bothOf(_ contours: [String]) -> [String] {
        contours.flatMap { ["\($0)_amean", "\($0)_stddevNorm"] }
    }
}

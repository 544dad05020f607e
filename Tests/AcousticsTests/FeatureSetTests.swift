import Acoustics
import Testing

@Suite("The feature set")
struct FeatureSetTests {
    @Test("has 88 different names, the first and last where they belong")
    func names() {
        let names = FeatureSet.names
        #expect(names.count == 88)
        #expect(Set(names).count == 88)
        #expect(names.first == "F0semitoneFrom27.5Hz_sma3nz_amean")
        #expect(names[10] == "loudness_sma3_amean")
        #expect(names[20] == "spectralFlux_sma3_amean")
        #expect(names[30] == "jitterLocal_sma3nz_amean")
        #expect(names[40] == "F1frequency_sma3nz_amean")
        #expect(names[45] == "F1amplitudeLogRelF0_sma3nz_stddevNorm")
        #expect(names[58] == "alphaRatioV_sma3nz_amean")
        #expect(names[76] == "alphaRatioUV_sma3nz_amean")
        #expect(names[81] == "loudnessPeaksPerSec")
        #expect(names.last == "equivalentSoundLevel_dBp")
    }

    @Test("finds its names again")
    func index() {
        for (index, name) in FeatureSet.names.enumerated() { #expect(FeatureSet.index(of: name) == index) }
        #expect(FeatureSet.index(of: "F4frequency") == nil)
    }

    @Test("makes no vector of another length, and holds no number that is none")
    func vector() {
        #expect(FeatureVector(values: []) == nil)
        let vector = FeatureVector(values: [.nan, .infinity, 1] + Array(repeating: nil, count: 85))
        #expect(vector?.values.prefix(3) == [nil, nil, 1])
    }
}

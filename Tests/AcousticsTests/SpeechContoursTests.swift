import Acoustics
import Foundation
import SyntheticVoice
import Testing

@Suite("The contours of speech")
struct SpeechContoursTests {
    private static let measured: (features: ExtendedFeatureVector, contours: SpeechContours) = {
        let speaker = Speaker(sex: .male, ageYears: 40, seed: 2)
        var extractor = FeatureExtractor(isExtended: true)
        extractor.append(Utterance(speaker: speaker, durationSeconds: 3).samples())
        return extractor.finishWithContours()
    }()

    private static func check(_ name: String, _ contour: [Float?], where flags: [Bool]? = nil, is wanted: Bool = true) {
        let values = contour.indices.filter { flags == nil || flags![$0] == wanted }.compactMap { contour[$0] }
        let mean = values.reduce(0.0) { $0 + Double($1) } / Double(values.count)
        let value = measured.features[name].map(Double.init) ?? .infinity
        #expect(abs(mean - value) <= 1e-5 * max(1e-3, abs(value)), "\(name): \(mean), not \(value)")
    }

    @Test("have the means of the feature set: the voice")
    func voice() {
        let contours = Self.measured.contours
        Self.check("F0semitoneFrom27.5Hz_sma3nz_amean", contours.f0Semitones)
        Self.check("jitterLocal_sma3nz_amean", contours.jitter)
        Self.check("shimmerLocaldB_sma3nz_amean", contours.shimmerDecibels)
        Self.check("HNRdBACF_sma3nz_amean", contours.hnrDecibels)
        Self.check("logRelF0-H1-H2_sma3nz_amean", contours.h1OverH2Decibels)
        Self.check("logRelF0-H1-A3_sma3nz_amean", contours.h1OverA3Decibels)
        for index in 0..<3 {
            Self.check("F\(index + 1)frequency_sma3nz_amean", contours.formantHz[index])
            Self.check("F\(index + 1)bandwidth_sma3nz_amean", contours.formantBandwidthHz[index])
            Self.check("F\(index + 1)amplitudeLogRelF0_sma3nz_amean", contours.formantDecibels[index])
        }
    }

    @Test("have the means of the feature set: the spectrum")
    func spectrum() {
        let contours = Self.measured.contours
        Self.check("loudness_sma3_amean", contours.loudness)
        Self.check("spectralFlux_sma3_amean", contours.spectralFlux)
        for index in 0..<4 { Self.check("mfcc\(index + 1)_sma3_amean", contours.mfcc[index]) }
        for (sort, isVoiced) in [("V", true), ("UV", false)] {
            for (name, contour) in [
                ("alphaRatio\(sort)", contours.alphaRatioDecibels), ("hammarbergIndex\(sort)", contours.hammarbergIndexDecibels),
                ("slope\(sort)0-500", contours.slope0To500), ("slope\(sort)500-1500", contours.slope500To1500),
            ] {
                Self.check("\(name)_sma3nz_amean", contour, where: contours.isVoiced, is: isVoiced)
            }
        }
    }

    @Test("are as long as each other, and voiced by the same decisions")
    func lengths() {
        let contours = Self.measured.contours
        let (short, long) = (contours.loudness.count, contours.f0Hz.count)
        #expect(short == 299 && long == 295)
        #expect(contours.isVoiced.count == short && contours.spectralFlux.count == short)
        #expect(contours.mfcc.map(\.count) == [short, short, short, short])
        #expect(contours.hnrDecibels.count == long && contours.formantDecibels.map(\.count) == [long, long, long])
        #expect(Array(contours.isVoiced[2..<long + 2]) == contours.f0Hz.map { $0 != nil })
    }
}

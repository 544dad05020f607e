import Acoustics
import Foundation
import SyntheticVoice
import TestSupport

/// Signals with closed forms, and the short way to their measurement.
enum Signals {
    static func tone(
        hz: Double, amplitude: Double = 0.5, seconds: Double = 1, rate: Int = 16000, phase: Double = 0
    ) -> [Float] {
        (0..<Int(seconds * Double(rate))).map {
            Float(amplitude * sin(2 * .pi * hz * Double($0) / Double(rate) + phase))
        }
    }

    /// Uniform white noise of this root mean square.
    static func noise(level: Double = 0.1, seconds: Double = 1, rate: Int = 16000, seed: UInt64 = 1) -> [Float] {
        var random = SeededRandom(seed: seed)
        let limit = level * 3.0.squareRoot()
        return (0..<Int(seconds * Double(rate))).map { _ in Float(Double.random(in: -limit...limit, using: &random)) }
    }

    static func features(_ samples: [Float]) -> FeatureVector {
        var extractor = FeatureExtractor()
        extractor.append(samples)
        return extractor.finish()
    }

    static func extended(_ samples: [Float]) -> ExtendedFeatureVector {
        var extractor = FeatureExtractor(isExtended: true)
        extractor.append(samples)
        return extractor.finishExtended()
    }

    static func quality(_ samples: [Float], rate: Int = 16000, fullScaleIsInteger: Bool = true) -> Quality {
        var meter = QualityMeter(sampleRateHz: rate, fullScaleIsInteger: fullScaleIsInteger)
        meter.append(samples)
        return meter.finish()
    }

    /// Of several channels, with their mean made as a reader makes it.
    static func quality(channels: [[Float]], rate: Int = 16000, blockLength: Int = 1000) -> Quality {
        var meter = QualityMeter(sampleRateHz: rate, channelCount: channels.count)
        for start in stride(from: 0, to: channels[0].count, by: blockLength) {
            let range = start..<min(channels[0].count, start + blockLength)
            let mean = range.map { index in channels.reduce(0) { $0 + $1[index] } / Float(channels.count) }
            meter.append(mean: mean, channels: channels.map { Array($0[range]) })
        }
        return meter.finish()
    }

    static func sum(_ a: [Float], _ b: [Float]) -> [Float] { zip(a, b).map { $0 + $1 } }

    static func scaled(_ samples: [Float], by factor: Float) -> [Float] { samples.map { $0 * factor } }
}

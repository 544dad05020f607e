import Acoustics
import Analysis
import AudioFiles
import Foundation

/// One file to be measured.
struct Load: Sendable {
    let path: String
    /// At 16 kHz; empty where decoding belongs to the work.
    let samples: [Float]
    let seconds: Double

    private static let blockFrameCount = 16_384

    init(path: String, isDecoded: Bool) throws {
        self.path = path
        let reader = try AudioFileReader(path: path)
        var resampler = Resampler(fromHz: reader.sampleRateHz, toHz: FeatureExtractor.sampleRateHz)
        var block: [Float] = []
        var samples: [Float] = []
        while try reader.read(into: &block, frameCount: Self.blockFrameCount) > 0 { resampler.process(block, into: &samples) }
        resampler.flush(into: &samples)
        seconds = Double(samples.count) / Double(FeatureExtractor.sampleRateHz)
        self.samples = isDecoded ? samples : []
    }

    /// The result is thrown away; every call is across a module's border, so that nothing is left out for that.
    func perform(_ work: Cost.Work) {
        switch work {
        case .features:
            var extractor = FeatureExtractor()
            extractor.append(samples)
            _ = extractor.finish()
        case .extended:
            var extractor = FeatureExtractor(isExtended: true)
            extractor.append(samples)
            _ = extractor.finishExtended()
        case .file: measureFile()
        case .analysis: _ = try? Analyser().analyse(path: path)
        }
    }

    /// As `Analyser`, with the 88 values alone.
    private func measureFile() {
        guard let reader = try? AudioFileReader(path: path) else { return }
        var meter = QualityMeter(
            sampleRateHz: reader.sampleRateHz, channelCount: reader.channelCount, fullScaleIsInteger: !reader.isFloat)
        var resampler = Resampler(fromHz: reader.sampleRateHz, toHz: FeatureExtractor.sampleRateHz)
        var extractor = FeatureExtractor()
        var block = AudioBlock()
        var resampled: [Float] = []
        while let count = try? reader.read(into: &block, frameCount: Self.blockFrameCount), count > 0 {
            meter.append(mean: block.mean, channels: block.channels)
            resampled.removeAll(keepingCapacity: true)
            resampler.process(block.mean, into: &resampled)
            extractor.append(resampled)
        }
        _ = meter.finish()
        _ = extractor.finish()
    }
}

import AudioFiles
import Foundation

/// A file, read to its end.
struct Decoded: Equatable {
    let format: AudioFormat
    let sampleRateHz: Int
    let channelCount: Int
    let bitsPerSample: Int?
    let isFloat: Bool
    let isTruncated: Bool
    let samples: [Float]

    init(path: String, limits: AudioLimits = .standard, blockFrameCount: Int = 1000) throws(AudioFileError) {
        let reader = try AudioFileReader(path: path, limits: limits)
        var samples: [Float] = []
        var block: [Float] = []
        while try reader.read(into: &block, frameCount: blockFrameCount) > 0 { samples += block }
        format = reader.format
        sampleRateHz = reader.sampleRateHz
        channelCount = reader.channelCount
        bitsPerSample = reader.bitsPerSample
        isFloat = reader.isFloat
        isTruncated = reader.isTruncated
        self.samples = samples
    }

    /// Writes the bytes to a file of its own, reads it and removes it.
    init(_ bytes: [UInt8], limits: AudioLimits = .standard, blockFrameCount: Int = 1000) throws(AudioFileError) {
        let path = FileManager.default.temporaryDirectory.appending(path: "audio-\(UUID().uuidString)").path
        let isWritten = FileManager.default.createFile(atPath: path, contents: Data(bytes))
        precondition(isWritten, "\(path) can't be written")
        defer { unlink(path) }
        try self.init(path: path, limits: limits, blockFrameCount: blockFrameCount)
    }

    /// What reading the bytes fails with, nil where it does not.
    static func error(_ bytes: [UInt8], limits: AudioLimits = .standard) -> AudioFileError? {
        do throws(AudioFileError) {
            _ = try Decoded(bytes, limits: limits)
            return nil
        } catch {
            return error
        }
    }

    var isFinite: Bool { samples.allSatisfy(\.isFinite) }

    /// How strong a frequency is: the amplitude of the sine in the samples.
    func amplitude(hz: Double) -> Double {
        var (real, imaginary) = (0.0, 0.0)
        for (index, sample) in samples.enumerated() {
            let angle = 2 * Double.pi * hz * Double(index) / Double(sampleRateHz)
            real += Double(sample) * cos(angle)
            imaginary += Double(sample) * sin(angle)
        }
        return 2 * (real * real + imaginary * imaginary).squareRoot() / Double(max(1, samples.count))
    }
}
